package org.gemel.database.physical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What in a data folder is the site's and not PostgreSQL's: configuration, certificates, whatever
 * somebody put there. All of it stays the backup's own; main's does not come along.
 */
final class OwnConfiguration {
  /** What a server has in its folder of itself; and what a copy or a run leaves there. */
  private static final Set<String> OF_SERVER =
      Set.of(
          "PG_VERSION",
          "base",
          "global",
          "pg_commit_ts",
          "pg_dynshmem",
          "pg_logical",
          "pg_multixact",
          "pg_notify",
          "pg_replslot",
          "pg_serial",
          "pg_snapshots",
          "pg_stat",
          "pg_stat_tmp",
          "pg_subtrans",
          "pg_tblspc",
          "pg_twophase",
          "pg_wal",
          "pg_xact");

  private static final Set<String> OF_A_RUN =
      Set.of(
          "postmaster.pid",
          "postmaster.opts",
          "current_logfiles",
          "log",
          "pg_log",
          "backup_label",
          "backup_label.old",
          "backup_manifest",
          "tablespace_map",
          "tablespace_map.old",
          "recovery.signal",
          "standby.signal",
          "core",
          "lost+found");

  private static final Set<String> OF_RECOVERY = Set.of("backup_label", "tablespace_map");

  private OwnConfiguration() {}

  /** The same, but for what the first start on the copy needs. */
  static void clearForRecovery(Path copy) throws IOException {
    for (Path each : entries(copy)) {
      if (!OF_SERVER.contains(name(each)) && !OF_RECOVERY.contains(name(each))) {
        Folders.remove(each);
      }
    }
  }

  /** Removes main's, and all that a run of the copy left. */
  static void clear(Path copy) throws IOException {
    for (Path each : entries(copy)) {
      if (!OF_SERVER.contains(name(each))) {
        Folders.remove(each);
      }
    }
  }

  /** Copies the backup's own, with owners and rights. */
  static void bring(Path data, Path copy) throws IOException {
    for (Path each : entries(data)) {
      if (!OF_SERVER.contains(name(each)) && !OF_A_RUN.contains(name(each))) {
        Folders.copy(each, copy.resolve(name(each)));
      }
    }
    Folders.sync(copy);
  }

  /** Parts of the server that lie elsewhere, which a rename would not bring along. */
  static List<String> links(Path data) throws IOException {
    return entries(data).stream()
        .filter(each -> OF_SERVER.contains(name(each)))
        .filter(Files::isSymbolicLink)
        .map(OwnConfiguration::name)
        .toList();
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }
}
