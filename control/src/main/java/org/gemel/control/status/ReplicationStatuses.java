package org.gemel.control.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gemel.control.api.Lamp;
import org.gemel.control.api.ReplicationStatus;
import org.gemel.control.site.Reality;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.core.Sizes;
import org.gemel.wire.protocol.DatabaseState;
import org.gemel.wire.protocol.KeptLog;
import org.jspecify.annotations.Nullable;

/** Database replication as a whole, and what a person should know of it. */
public final class ReplicationStatuses {
  private static final long ONE_SEGMENT = 16L << 20;

  private ReplicationStatuses() {}

  /** The side from which replication runs, its first copy being complete. */
  public static Optional<Side> runsFrom(Reality reality) {
    for (Side from : Side.values()) {
      if (reality.replication(from, "MASTER") && reality.replication(from.other(), "BACKUP")) {
        return Optional.of(from);
      }
    }
    return Optional.empty();
  }

  static ReplicationStatus replication(Reality reality, Optional<String> doubt) {
    for (Side side : Side.values()) {
      Optional<DatabaseState> here = reality.database(side);
      if (here.isPresent() && here.get().getReplication().equals("FAILED")) {
        return plain(
            Lamp.RED,
            "failed",
            null,
            "failed on " + side + ": " + here.get().getReplicationWords());
      }
    }
    if (reality.database(Side.X).isEmpty() || reality.database(Side.Y).isEmpty()) {
      return plain(Lamp.UNKNOWN, "unknown", null, "unknown: a database does not answer");
    }
    for (Side from : Side.values()) {
      if (reality.replication(from.other(), "BACKUP_COPYING")) {
        return plain(Lamp.YELLOW, "copying", from, "copying from " + from + " to " + from.other());
      }
    }
    Optional<Side> runs = runsFrom(reality);
    if (runs.isPresent()) {
      return running(reality, runs.get(), doubt.orElse(null));
    }
    return reality.replication(Side.X, "NONE") && reality.replication(Side.Y, "NONE")
        ? plain(Lamp.GREY, "stopped", null, "stopped")
        : plain(Lamp.YELLOW, "changing", null, "one end is up, the other is not");
  }

  /** What a person should know of, a sentence each. */
  static List<String> notices(Reality reality, ReplicationStatus replication) {
    List<String> notices = new ArrayList<>();
    if (replication.suspect() != null) {
      notices.add(
          "Replication is suspect: "
              + replication.suspect()
              + ". See the log of the database server of the backup, and `gemel database compare`.");
    }
    for (Side side : Side.values()) {
      if (isMain(reality, side) && definitionsDiffer(reality)) {
        notices.add(
            "The tables of %s and %s differ, so rows may not fit: `gemel database check` says where, `gemel database heal --confirm %s` alters %s as %s was."
                .formatted(side, side.other(), side.other(), side.other(), side));
      }
      if (isMain(reality, side)) {
        Comparisons.notice(reality, side.other()).ifPresent(notices::add);
      }
      boolean copying = reality.replication(side.other(), "BACKUP_COPYING");
      reality.database(side).ifPresent(d -> notices.addAll(notices(side, d, copying)));
    }
    return notices;
  }

  private static List<String> notices(Side side, DatabaseState database, boolean copying) {
    List<String> notices = new ArrayList<>();
    KeptLog kept = database.getKeptLog();
    if (database.hasKeptLog() && !copying && (isForgotten(kept) || isHalfUsed(kept))) {
      notices.add(
          "Database %s keeps %s of log for %s, %s. %s"
              .formatted(
                  side,
                  Sizes.words(kept.getBytes()),
                  side.other(),
                  kept.getRead() ? "which is behind" : "which does not read it",
                  kept.hasRoom()
                      ? "After %s more it is let go of, and %s must be started again with a copy."
                          .formatted(Sizes.words(kept.getRoom()), side.other())
                      : "Nothing limits it, so it can fill the disk: set max_slot_wal_keep_size,"
                          + " or stop the replication."));
    }
    unproven(database, side).ifPresent(notices::add);
    return notices;
  }

  /** More than what comes together while one reader goes and another comes. */
  private static boolean isForgotten(KeptLog kept) {
    return !kept.getRead() && kept.getBytes() > ONE_SEGMENT;
  }

  private static boolean isMain(Reality reality, Side side) {
    return reality.role(side).filter(role -> role == Role.MAIN).isPresent()
        && reality.role(side.other()).filter(role -> role == Role.BACKUP).isPresent();
  }

  private static boolean definitionsDiffer(Reality reality) {
    Optional<String> x = reality.database(Side.X).map(DatabaseState::getDefinitions);
    Optional<String> y = reality.database(Side.Y).map(DatabaseState::getDefinitions);
    return x.isPresent()
        && y.isPresent()
        && !x.get().isEmpty()
        && !y.get().isEmpty()
        && !x.equals(y);
  }

  private static boolean isHalfUsed(KeptLog kept) {
    return kept.hasRoom() && kept.getBytes() > kept.getRoom();
  }

  /** That both sides were not proven equal when this one became main, and why. */
  public static Optional<String> unproven(Reality reality, Side side) {
    return reality.database(side).flatMap(database -> unproven(database, side));
  }

  private static Optional<String> unproven(DatabaseState database, Side side) {
    return Optional.of(database.getTurned())
        .filter(why -> !why.isEmpty())
        .map(
            why ->
                "At the switch to %s both databases were not proven equal: %s. Until a copy from %s is started, what only %s has can be looked at there."
                        .formatted(side, why, side, side.other())
                    + onlyThose(database, side));
  }

  /** A start copies just these as long as nothing else came in between; else it copies all. */
  private static String onlyThose(DatabaseState database, Side side) {
    return database.getTurnedTablesCount() == 0
        ? ""
        : " All else was proven equal: `gemel database start %s --confirm %s` copies only %s to %s (everything, should that not be possible any more)."
            .formatted(
                side,
                side.other(),
                String.join(", ", database.getTurnedTablesList()),
                side.other());
  }

  private static ReplicationStatus running(Reality reality, Side from, @Nullable String doubt) {
    DatabaseState main = reality.database(from).orElseThrow();
    Double lag = lag(main, reality.database(from.other()).orElseThrow());
    String words =
        "running from "
            + from
            + " to "
            + from.other()
            + behind(main.getLagBytes())
            + (lag == null ? "" : late(lag));
    return doubt == null
        ? new ReplicationStatus(Lamp.GREEN, "running", from, words, lag, null)
        : new ReplicationStatus(
            Lamp.YELLOW, "running", from, words + "; suspect: " + doubt, lag, doubt);
  }

  /**
   * Both times are main's clock's. Main may have told of a newer time than the backup could have
   * when it told: so up to the time between two reports this is more than the truth, never less.
   */
  private static @Nullable Double lag(DatabaseState main, DatabaseState backup) {
    if (main.getCanaryMilliseconds() == 0 || backup.getCanaryMilliseconds() == 0) {
      return null;
    }
    long milliseconds = main.getCanaryMilliseconds() - backup.getCanaryMilliseconds();
    return Math.max(0, milliseconds) / 1000.0;
  }

  private static String late(double seconds) {
    return seconds < 2
        ? ", rows seen there within 2 s"
        : String.format(Locale.ROOT, ", rows seen there %.0f s late", seconds);
  }

  private static String behind(long bytes) {
    if (bytes < 0) {
      return "";
    }
    return bytes == 0 ? ", nothing outstanding" : ", " + Sizes.words(bytes) + " of log outstanding";
  }

  private static ReplicationStatus plain(
      Lamp lamp, String state, @Nullable Side from, String words) {
    return new ReplicationStatus(lamp, state, from, words, null, null);
  }
}
