package org.gemel.mirror.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.gemel.mirror.system.Folder;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each tree is watched as well as it can be, and what cannot be seen is said. */
final class MethodTest {
  private final Path folder;

  MethodTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void anOrdinaryUserIsToldWhyAndWatchesFolderByFolder() throws Exception {
    Assumptions.assumeTrue(Bash.isRoot() && Bash.has("setpriv"), "needs root, to become nobody");
    Bash.run(folder, "chmod 755 .; mkdir -p tree/open tree/shut; chown -R 65534:65534 tree");
    Bash.run(folder, "chmod 0 tree/shut");
    String printed =
        ChildFeed.method(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
            folder.resolve("tree"));
    Assumptions.assumeFalse(printed.contains("ClassNotFound"), "nobody cannot read the classes");
    assertThat(printed)
        .contains("way=INOTIFY", "complete=false")
        .contains("no mark on the whole file system: not permitted (fanotify_init: EPERM)")
        .contains("1 folders could not be watched", "shut");
  }

  @Test
  void watchesThatRunOutAreSaidWithTheSettingThatLimitsThem() throws Exception {
    String limit = "echo 3 > /proc/sys/user/max_inotify_watches";
    assumeLimits(limit);
    Bash.run(folder, "mkdir -p tree/{a,b,c,d,e}");
    String printed = ChildFeed.method(limited(limit), folder.resolve("tree"));
    assertThat(printed)
        .contains("way=INOTIFY", "complete=false", "fs.inotify.max_user_watches allows (")
        .contains("found by scans only");
  }

  @Test
  void queuesThatRunOutLeaveScansOnly() throws Exception {
    String limit = "echo 0 > /proc/sys/user/max_inotify_instances";
    assumeLimits(limit);
    Files.createDirectory(folder.resolve("tree"));
    String printed = ChildFeed.method(limited(limit), folder.resolve("tree"));
    assertThat(printed)
        .contains("way=NONE", "complete=false", "scans only", "fs.inotify.max_user_instances");
  }

  @Test
  void anOverlayIsScannedOnly() throws Exception {
    Assumptions.assumeTrue(Bash.isRoot(), "only root may mount");
    String mount =
        "mkdir lower upper work tree; mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work none tree";
    Assumptions.assumeTrue(Bash.succeeds(folder, mount), "overlays cannot be mounted here");
    try (Folder root = Folder.openRoot(folder.resolve("tree").toString());
        ChangeFeed feed = ChangeFeed.open(new WatchRequest(root, List.of(), Watched.TEMPORARY))) {
      assertThat(feed.method().way()).isEqualTo(Method.Way.NONE);
      assertThat(feed.method().words()).contains("scans only", "overlay");
      assertThat(feed.await(Duration.ofMillis(1))).isEmpty();
    } finally {
      Bash.run(folder, "umount tree");
    }
  }

  /** Runs what follows in a user namespace of its own, whose limits are nobody else's. */
  private static List<String> limited(String limit) {
    return List.of("unshare", "-Ur", "bash", "-c", limit + "; exec \"$@\"", "bash");
  }

  private void assumeLimits(String limit) {
    Assumptions.assumeTrue(
        Bash.succeeds(folder, "unshare -Ur bash -c '" + limit + "'"),
        "user namespaces cannot be made here: their limits are not tried");
  }
}
