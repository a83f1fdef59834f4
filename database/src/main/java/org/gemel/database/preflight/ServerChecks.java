package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.NOTE;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

/**
 * The two servers and their settings. What only main needs is asked of the backup as well, a level
 * lower: at a switch the sides change places, and a restart then is no good time.
 */
final class ServerChecks {
  private static final int OLDEST = 14;
  private static final int NEWEST = 18;
  private static final long DAY_SECONDS = 24 * 60 * 60;

  private final Findings findings;

  ServerChecks(Findings findings) {
    this.findings = findings;
  }

  void check(DatabaseFacts main, DatabaseFacts backup) {
    versions(main.server(), backup.server());
    alike(main, backup);
    int copies = Math.toIntExact(backup.server().number("max_sync_workers_per_subscription", 2));
    offers(main.server(), MAIN, BLOCKER, copies);
    offers(backup.server(), BACKUP, WARNING, copies);
    follows(backup.server(), BACKUP, BLOCKER, copies);
    follows(main.server(), MAIN, WARNING, copies);
    keeps(main.server(), MAIN, WARNING);
    keeps(backup.server(), BACKUP, NOTE);
  }

  private void versions(ServerFacts main, ServerFacts backup) {
    version(main, MAIN);
    version(backup, BACKUP);
    if (backup.major() < main.major()) {
      findings
          .add(WARNING, BACKUP, "version", "")
          .found("PostgreSQL " + backup.major() + ", older than main's " + main.major())
          .wanted("the same major version or a newer one")
          .cure("upgrade the backup's server: what only main's version knows cannot come over");
    }
  }

  private void version(ServerFacts server, Place place) {
    if (server.major() < OLDEST) {
      findings
          .add(BLOCKER, place, "version", "")
          .found("PostgreSQL " + server.major())
          .wanted("version 14 to 18")
          .cure("upgrade that server");
    } else if (server.major() > NEWEST) {
      findings
          .add(WARNING, place, "version", "")
          .found("PostgreSQL " + server.major())
          .wanted("version 14 to 18, which this release was tried with")
          .cure("see whether a newer Gemel knows it");
    }
    if (server.standby()) {
      findings
          .add(BLOCKER, place, "standby", "")
          .found("a server in recovery")
          .wanted("one that writes")
          .cure("name the primary of that cluster in the settings, or promote this one");
    }
    if (server.setting("fsync").equals("off")) {
      findings
          .add(WARNING, place, "fsync", "")
          .found("fsync = off")
          .wanted("fsync = on")
          .cure(
              "switch it on: what was acknowledged can be lost otherwise when that host dies",
              "ALTER SYSTEM SET fsync = 'on'",
              "SELECT pg_reload_conf()");
    }
  }

  private void alike(DatabaseFacts main, DatabaseFacts backup) {
    if (!main.encoding().equals(backup.encoding())) {
      findings
          .add(BLOCKER, BACKUP, "encoding", "")
          .found("encoding " + backup.encoding())
          .wanted(main.encoding() + " as on main")
          .cure("make this database anew with main's encoding");
    }
    if (!main.locale().equals(backup.locale())) {
      findings
          .add(WARNING, BACKUP, "collation", "")
          .found("collation " + backup.locale())
          .wanted(main.locale() + " as on main")
          .cure("make this database anew with main's collation, or lists sort otherwise here");
    }
    if (main.server().system().equals(backup.server().system())) {
      findings
          .add(WARNING, BACKUP, "system", "")
          .found("the same system identifier as main's (one server, or a physical copy)")
          .wanted("a server of its own, made with initdb")
          .cure("make the backup's server anew: who dies together saves nothing");
    }
  }

  /** What a server needs that another one follows. */
  private void offers(ServerFacts server, Place place, Level level, int copies) {
    if (!server.setting("wal_level").equals("logical")) {
      findings
          .add(level, place, "wal-level", "")
          .found("wal_level = " + server.setting("wal_level"))
          .wanted("wal_level = logical" + (place == BACKUP ? " for the way back" : ""))
          .set("wal_level", "logical");
    }
    long slots = server.number("max_replication_slots", 0);
    long taken = server.slots().stream().filter(s -> !s.own() && !s.follower()).count();
    room(level, place, "slots", "max_replication_slots", slots, taken, 1 + copies);
    room(
        level,
        place,
        "senders",
        "max_wal_senders",
        server.number("max_wal_senders", 0),
        server.sendersOfOthers(),
        1 + copies);
  }

  /** What a server needs that follows another one. */
  private void follows(ServerFacts server, Place place, Level level, int copies) {
    long workers = server.number("max_logical_replication_workers", 0);
    room(
        level,
        place,
        "workers",
        "max_logical_replication_workers",
        workers,
        server.workersOfOthers(),
        1 + copies);
    long processes = server.number("max_worker_processes", 0);
    if (processes <= workers) {
      findings
          .add(processes < 2 ? level : WARNING, place, "worker-processes", "")
          .found("max_worker_processes = " + processes)
          .wanted("more than max_logical_replication_workers, which come out of them")
          .set("max_worker_processes", Long.toString(workers + 8));
    }
    String origins =
        server.settings().containsKey("max_active_replication_origins")
            ? "max_active_replication_origins"
            : "max_replication_slots";
    if (!origins.equals("max_replication_slots") || place == BACKUP) {
      room(
          level,
          place,
          "origins",
          origins,
          server.number(origins, 0),
          server.originsOfOthers(),
          1 + copies);
    }
  }

  /** None left stands in the way; few slow a first copy down. */
  private void room(
      Level level, Place place, String check, String setting, long all, long taken, int wanted) {
    long left = all - taken;
    if (left >= wanted) {
      return;
    }
    findings
        .add(left < 1 ? level : WARNING, place, check, "")
        .found(
            setting + " = " + all + ", of which " + Math.max(left, 0) + " are left for this pair")
        .wanted(wanted + ": one to follow with, the others for table copies")
        .set(setting, Long.toString(taken + wanted + 4));
  }

  private void keeps(ServerFacts server, Place place, Level level) {
    if (server.number("max_slot_wal_keep_size", -1) < 0) {
      findings
          .add(level, place, "slot-limit", "")
          .found("max_slot_wal_keep_size = -1, no limit")
          .wanted("one, so that log kept for a dead backup cannot fill the disk of the main one")
          .cure(
              "set it to what that disk can spare; 16 GB are a beginning",
              "ALTER SYSTEM SET max_slot_wal_keep_size = '16GB'",
              "SELECT pg_reload_conf()");
    }
    long idle = server.number("idle_replication_slot_timeout", 0);
    if (idle > 0 && idle < DAY_SECONDS) {
      findings
          .add(level, place, "idle-slot-timeout", "")
          .found("idle_replication_slot_timeout = " + idle + " s")
          .wanted("0 or at least a day: a backup away for longer must be copied anew")
          .cure(
              "switch it off, max_slot_wal_keep_size guards the disk",
              "ALTER SYSTEM SET idle_replication_slot_timeout = 0",
              "SELECT pg_reload_conf()");
    }
  }
}
