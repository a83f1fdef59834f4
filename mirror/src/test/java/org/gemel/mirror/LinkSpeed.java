package org.gemel.mirror;

import java.nio.file.Path;

/**
 * Measures a pass over loopback, both ends in this process: {@code LinkSpeed plain|tls|local
 * push|pull SOURCE TARGET}. Run it on a fresh target.
 */
final class LinkSpeed {
  private LinkSpeed() {}

  public static void main(String[] arguments) throws Exception {
    Path source = Path.of(arguments[2]);
    Path target = Path.of(arguments[3]);
    MirrorReport report;
    long started = System.nanoTime();
    if (arguments[0].equals("local")) {
      report =
          TreeMirror.run(
              MirrorRequest.of(TreeRoot.of(source), TreeRoot.of(target)), MirrorListener.NONE);
    } else {
      boolean push = arguments[1].equals("push");
      var credentials =
          arguments[0].equals("tls") ? LinkCertificates.make().trusted() : LinkedTrees.secret();
      started = System.nanoTime();
      try (LinkedTrees linked = LinkedTrees.serving(push ? target : source, credentials)) {
        report =
            push
                ? linked.push(source, MirrorListener.NONE)
                : linked.pull(target, MirrorListener.NONE);
      }
    }
    double processor =
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf(
        "%s %s: %s %.2f s, %.2f s of processor, %.0f MiB/s, %.0f files/s%s%n",
        arguments[0],
        arguments[1],
        report.outcome(),
        seconds,
        processor,
        report.counts().bytesMoved() / seconds / (1 << 20),
        report.counts().created() / seconds,
        LinkedTrees.first(report).map(words -> " " + words).orElse(""));
    System.exit(0);
  }
}
