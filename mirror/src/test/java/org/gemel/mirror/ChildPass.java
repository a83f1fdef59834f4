package org.gemel.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.gemel.core.Side;

/**
 * A pass in a process of its own, to be killed or to run as somebody else. Prints a line for each
 * change.
 */
public final class ChildPass {
  private ChildPass() {}

  public static void main(String[] arguments) {
    MirrorRequest request =
        MirrorRequest.of(new TreeRoot(arguments[0]), new TreeRoot(arguments[1]))
            .withDeletes(deletes(arguments))
            .withSafety(
                PassSafety.DEFAULT.withSalvage(
                    new SalvageLimits(
                        VolumeShare.percent(100), Duration.ofDays(30), VolumeShare.percent(0))));
    MirrorReport report =
        TreeMirror.run(
            request,
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                System.out.println(change.line());
              }
            });
    System.out.println("report " + report.outcome());
  }

  private static DeletePolicy deletes(String... arguments) {
    return arguments.length > 2 ? DeletePolicy.valueOf(arguments[2]) : DeletePolicy.MIRROR;
  }

  static Process start(List<String> before, Trees trees) throws IOException {
    return start(before, trees, DeletePolicy.MIRROR);
  }

  static Process start(List<String> before, Trees trees, DeletePolicy deletes) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(java());
    command.addAll(
        List.of(
            ChildPass.class.getName(),
            trees.source().toString(),
            trees.target().toString(),
            deletes.name()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** What starts a class of these tests in a process of its own; its name is to follow. */
  public static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            String.join(":", home(ChildPass.class), home(TreeMirror.class), home(Side.class))));
    command.addAll(List.of(options));
    return command;
  }

  /** Kills after so many lines and then so many nanoseconds; says whether it was still at work. */
  static boolean killAfter(Process child, int lines, int nanos)
      throws IOException, InterruptedException {
    try (var output = child.inputReader()) {
      for (int i = 0; i < lines; i++) {
        if (output.readLine() == null) {
          break;
        }
      }
      LockSupport.parkNanos(nanos);
      child.destroyForcibly();
      child.waitFor();
      return child.exitValue() == 137;
    }
  }

  private static String home(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }
}
