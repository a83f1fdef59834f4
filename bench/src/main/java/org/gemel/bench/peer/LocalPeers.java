package org.gemel.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.Tool;
import org.gemel.bench.tree.Keeps;

/** The peers between two folders of this machine, as their manuals say to call them. */
public final class LocalPeers {
  private LocalPeers() {}

  public static Contestant copy() {
    return Contestant.peer(
        "cp -a",
        Keeps.EVERYTHING,
        absent(Tool.CP),
        (from, to) -> Launch.of(Tool.CP.path(), "-a", from + "/.", to.toString()));
  }

  /** A copy that is as safe from a power cut as one by Gemel. */
  public static Contestant copyAndSync() {
    return Contestant.peer(
        "cp -a, then sync",
        Keeps.EVERYTHING,
        absent(Tool.CP),
        (from, to) ->
            Launch.of(
                "sh",
                "-c",
                "cp -a \"$1\"/. \"$2\" && sync -f \"$2\"",
                "sh",
                from.toString(),
                to.toString()));
  }

  public static Contestant rsync(String... options) {
    return Contestant.peer(
        "rsync " + String.join(" ", options),
        Keeps.EVERYTHING,
        absent(Tool.RSYNC),
        (from, to) -> {
          List<String> line = new ArrayList<>();
          line.add(Tool.RSYNC.path());
          line.addAll(List.of(options));
          line.addAll(List.of(from + "/", to + "/"));
          return Launch.of(line);
        });
  }

  public static Contestant rclone() {
    return Contestant.peer(
        "rclone sync",
        Keeps.CONTENT,
        absent(Tool.RCLONE),
        (from, to) ->
            Launch.of(
                Tool.RCLONE.path(),
                "sync",
                "--config",
                "/dev/null",
                from.toString(),
                to.toString()));
  }

  /** The folder is for its lists and logs. */
  public static Contestant fpsync(Path scratch) {
    return Contestant.peer(
        "fpsync -n 2",
        Keeps.EVERYTHING,
        absent(Tool.FPSYNC, Tool.RSYNC),
        (from, to) ->
            Launch.of(
                Tool.FPSYNC.path(), "-n", "2", "-t", scratch.toString(), from + "/", to + "/"));
  }

  /** Only looks at every entry of both trees: the least that a pass without an index can do. */
  public static Contestant find() {
    return Contestant.peer(
        "find, both trees",
        Keeps.EVERYTHING,
        absent(Tool.FIND),
        (from, to) ->
            Launch.of(Tool.FIND.path(), from.toString(), to.toString(), "-printf", "%s\\n"));
  }

  static String absent(Tool... tools) {
    return Tool.missing(tools).orElse("");
  }
}
