package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gemel.mirror.remote.RemoteSettings;
import org.gemel.mirror.remote.RemoteTarget;

/** A source, a target folder that a server of this machine shows, and passes between them. */
record RemoteTrees(Trees trees, RemoteTarget target) {
  /** Time never has to pass: files count as old, and retries come at once. */
  static final RemoteSettings.Waiting NO_WAITING =
      new RemoteSettings.Waiting() {
        @Override
        public long milliseconds() {
          return System.currentTimeMillis() + Duration.ofDays(1).toMillis();
        }

        @Override
        public void pause(Duration length) {}
      };

  static final RemoteSettings SETTINGS =
      RemoteSettings.USUAL.withStreams(3).withWaiting(NO_WAITING);

  /** What a protocol that counts in seconds and knows modes and links can keep. */
  private static final String FINGERPRINT =
      """
      export LC_ALL=C
      find . ! -path './.gemel-*' ! -type p \\( -type l -printf '%P|l|%l\\0' -o -printf '%P|%y|%m|%Ts\\0' \\) | sort -z | tr '\\0' '\\n'
      find . -type f ! -path './.gemel-*' -print0 | sort -z | xargs -0 -r sha256sum
      """;

  MirrorRequest request() {
    return trees.request();
  }

  RemoteReport mirror() {
    return mirror(request(), MirrorListener.NONE);
  }

  RemoteReport mirror(MirrorRequest request, MirrorListener listener) {
    return RemoteMirror.run(request, target, SETTINGS, listener);
  }

  /** Runs a request and returns the sorted lines of its changes. */
  List<String> changes(MirrorRequest request) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    RemoteReport report =
        mirror(
            request,
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                lines.add(change.line());
              }
            });
    assertThat(report.pass().outcome())
        .as(report.toString())
        .isEqualTo(MirrorReport.Outcome.COMPLETE);
    return lines.stream().sorted().toList();
  }

  /** Says what would be done, does it, and lets the system's tools judge. */
  List<String> mirrorAndProve() {
    List<String> plan = changes(request().withDryRun(true));
    List<String> done = changes(request());
    assertThat(done).isEqualTo(plan);
    proveEqual();
    assertThat(changes(request())).as("a second pass").isEmpty();
    return done;
  }

  void proveEqual() {
    assertThat(fingerprint(trees.target())).isEqualTo(fingerprint(trees.source()));
    assertThat(temporaries()).isEmpty();
  }

  String temporaries() {
    return Shell.run(trees.target(), "find . -name '.gemel-tmp-*'");
  }

  static String fingerprint(Path tree) {
    return Shell.run(tree, FINGERPRINT);
  }
}
