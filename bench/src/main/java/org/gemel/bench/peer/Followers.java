package org.gemel.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Running;
import org.gemel.bench.process.Tool;
import org.gemel.bench.tree.Keeps;

/** Gemel and lsyncd as they follow a tree. */
public final class Followers {
  public static final String GEMEL = "gemel mirror --watch";
  public static final String LSYNCD = "lsyncd rsync, delay 0";
  public static final String LSYNCD_DIRECT = "lsyncd direct, delay 0";

  /** A first pass over a million files on a slow disk fits in. */
  private static final Duration READY = Duration.ofMinutes(30);

  private static final Path WATCHES = Path.of("/proc/sys/fs/inotify/max_user_watches");

  private final Path scratch;
  private final int folders;

  /**
   * @param folders that are to be watched
   */
  public Followers(Path scratch, int folders) {
    this.scratch = scratch;
    this.folders = folders;
  }

  public List<Follower> all(Gemel gemel) {
    return List.of(gemel(gemel), lsyncd(LSYNCD, "rsync"), lsyncd(LSYNCD_DIRECT, "direct"));
  }

  private Follower gemel(Gemel gemel) {
    return new Follower(
        GEMEL,
        true,
        Keeps.EVERYTHING,
        gemel.absent("--watch"),
        (from, to) -> startGemel(gemel, from, to));
  }

  /** With an index of its own for each start: others have written to the target since. */
  private Follower.Following startGemel(Gemel gemel, Path from, Path to)
      throws IOException, InterruptedException {
    String[] options =
        gemel.knows("--index")
            ? new String[] {
              "--watch", "--index", Files.createTempDirectory(scratch, "index").toString()
            }
            : new String[] {"--watch"};
    Launch launch = gemel.launch(options, from.toString(), to.toString());
    Running process = Running.start(GEMEL, launch, scratch);
    process.await("watching", READY, () -> says(process, "watching"));
    return new FollowingProcess(GEMEL, process);
  }

  private Follower lsyncd(String name, String layer) {
    String absent = LocalPeers.absent(Tool.LSYNCD, Tool.RSYNC);
    return new Follower(
        name,
        false,
        Keeps.CONTENT,
        absent.isEmpty() ? tooFewWatches() : absent,
        (from, to) -> startLsyncd(name, layer, from, to));
  }

  private Follower.Following startLsyncd(String name, String layer, Path from, Path to)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(scratch, "lsyncd", ".log");
    Path configuration =
        PrivateFile.write(
            scratch.resolve("lsyncd.lua"),
            """
            settings { nodaemon = true, logfile = "%s" }
            sync {
              default.%s,
              source = "%s/",
              target = "%s/",
              delay = 0,
              rsync = { archive = true }
            }
            """
                .formatted(log, layer, from, to));
    Launch launch = Launch.of(Tool.LSYNCD.path(), "-nodaemon", configuration.toString());
    Running process = Running.start(name, launch, scratch);
    process.await("following", READY, () -> contains(log, " finished"));
    return new FollowingProcess(name, process);
  }

  /** It marks each folder by itself. */
  private String tooFewWatches() {
    try (Stream<String> lines = Files.lines(WATCHES)) {
      long allowed = lines.mapToLong(line -> Long.parseLong(line.strip())).findFirst().orElse(0);
      return allowed > folders
          ? ""
          : "found "
              + allowed
              + " inotify watches allowed, wanted more than "
              + folders
              + ": sysctl fs.inotify.max_user_watches="
              + 2 * folders;
    } catch (IOException e) {
      return "found no " + WATCHES + ", wanted inotify";
    }
  }

  private static boolean says(Running process, String word) {
    try {
      return process.err().contains(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(Path file, String word) {
    try {
      return Files.readString(file).contains(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
