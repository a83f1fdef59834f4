package org.gemel.mirror.watch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gemel.core.Side;
import org.gemel.mirror.system.Folder;

/** Opens a feed in a process with other rights or limits, and prints how the tree is watched. */
final class ChildFeed {
  private ChildFeed() {}

  public static void main(String[] arguments) throws Exception {
    try (Folder root = Folder.openRoot(arguments[0]);
        ChangeFeed feed = ChangeFeed.open(new WatchRequest(root, List.of(), Watched.TEMPORARY))) {
      System.out.println("method " + feed.method());
    }
  }

  /**
   * The method in a process of its own.
   *
   * @param before the command that takes rights or sets limits, and runs what follows it
   */
  static String method(List<String> before, Path tree) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            String.join(":", home(ChildFeed.class), home(ChangeFeed.class), home(Side.class)),
            ChildFeed.class.getName(),
            tree.toString()));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    child.getOutputStream().close();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    child.waitFor();
    return printed;
  }

  private static String home(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }
}
