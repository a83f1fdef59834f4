package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.NOTE;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

/** Room for the copy and for log. A server does not tell how full its disk is; an agent may. */
final class DiskChecks {
  private static final long MEGABYTE = 1L << 20;

  private final Findings findings;

  DiskChecks(Findings findings) {
    this.findings = findings;
  }

  void check(DatabaseFacts main, DatabaseFacts backup) {
    copy(main.bytes(), backup.bytes(), backup.server().freeBytes());
    log(main.server());
  }

  private void copy(long wanted, long emptied, long free) {
    if (free < 0) {
      findings
          .add(NOTE, BACKUP, "disk", "")
          .found("no way to know how much room its disk has")
          .wanted(
              size(wanted + wanted / 5 - emptied)
                  + " free: main's "
                  + size(wanted)
                  + " and a fifth more, less the "
                  + size(emptied)
                  + " that are emptied")
          .cure("look at the disk of its data, and at that of its log where it has one of its own");
    } else if (free + emptied < wanted + wanted / 5) {
      findings
          .add(free + emptied < wanted ? BLOCKER : WARNING, BACKUP, "disk", "")
          .found(size(free) + " free on the disk of its data, and " + size(emptied) + " to empty")
          .wanted(size(wanted + wanted / 5) + ": main's " + size(wanted) + " and a fifth more")
          .cure("make room on that disk");
    }
  }

  private void log(ServerFacts main) {
    long limit = main.number("max_slot_wal_keep_size", -1);
    if (main.freeBytes() >= 0 && limit > 0 && main.freeBytes() < limit * MEGABYTE) {
      findings
          .add(WARNING, MAIN, "disk", "")
          .found(size(main.freeBytes()) + " free on the disk of its data")
          .wanted(
              "more than max_slot_wal_keep_size = "
                  + size(limit * MEGABYTE)
                  + ", which may be kept for a backup that is away")
          .cure("make room on that disk, or set the limit lower");
    }
  }

  private static String size(long bytes) {
    long positive = Math.max(0, bytes);
    return positive < 10 * MEGABYTE
        ? positive / 1024 + " kB"
        : positive < 10L * 1024 * MEGABYTE
            ? positive / MEGABYTE + " MB"
            : positive / (1024 * MEGABYTE) + " GB";
  }
}
