package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Role;

/** What the backup's side reads and does on main, as the replication user. */
final class MainReader {
  private static final Duration SLOT_PATIENCE = Duration.ofSeconds(60);

  private final Session session;
  private final MainConnection main;
  private final String name;

  MainReader(Session session, MainConnection main, String name) {
    this.session = session;
    this.main = main;
    this.name = name;
  }

  /** Refuses a main that is none, that is this very database, or that is not ready to be copied. */
  void requireReady(Session backup, long epoch) throws SQLException, DatabaseFailure {
    requireMain(backup, epoch);
    requirePublished();
  }

  /** Refuses a main that is none, or that is this very database. */
  void requireMain(Session backup, long epoch) throws SQLException, DatabaseFailure {
    String identity =
        "SELECT system_identifier || ' ' || pg_postmaster_start_time() || ' '"
            + " || (SELECT oid FROM pg_database WHERE datname = current_database())"
            + " FROM pg_control_system()";
    if (session.texts(identity).equals(backup.texts(identity))) {
      throw DatabaseFailure.refused(
          "the connection to main leading to this very database",
          "the other side's",
          "correct main's address in the settings");
    }
    Optional<Mark> mark = new OwnSchema(session).mark();
    if (mark.isEmpty() || mark.get().role() != Role.MAIN) {
      throw DatabaseFailure.refused(
          "the database "
              + main.address()
              + " marked "
              + mark.map(m -> m.role().toString()).orElse("as nothing yet"),
          "main: only a main database may overwrite another one",
          "check the direction");
    }
    if (epoch < mark.get().epoch()) {
      throw DatabaseFailure.refused(
          "a command of epoch " + epoch + ", while main is of epoch " + mark.get().epoch(),
          "one of epoch " + mark.get().epoch() + " or later",
          "nothing need be done: it is a late command of a control point that no longer acts");
    }
    String encoding =
        "SELECT pg_encoding_to_char(encoding) FROM pg_database"
            + " WHERE datname = current_database()";
    if (!session.texts(encoding).equals(backup.texts(encoding))) {
      throw DatabaseFailure.refused(
          "encoding "
              + session.texts(encoding)
              + " on main and "
              + backup.texts(encoding)
              + " here",
          "the same on both sides",
          "make this database anew with main's encoding");
    }
  }

  /** Refuses tables that differ, while nothing has been touched yet. */
  void requireAlike(Session backup) throws SQLException, DatabaseFailure {
    List<String> differences = TableShapes.read(session).differences(TableShapes.read(backup));
    if (!differences.isEmpty()) {
      throw DatabaseFailure.refused(
          "tables that differ: " + String.join("; ", differences),
          "the same tables on both sides, since replication carries rows only",
          "bring the backup's tables to main's form, then repeat; nothing was changed");
    }
  }

  List<String> tablesToEmpty() throws SQLException {
    return new UserTables(session).toEmpty();
  }

  /** What an earlier start left of the slots goes, and main notes who follows it. */
  void dropSlots(String followerSystem) throws SQLException, DatabaseFailure {
    addFollower(followerSystem);
    new Slots(session, name).drop(List.of(followerSystem));
  }

  void addFollower(String followerSystem) throws SQLException {
    new OwnSchema(session).addFollower(followerSystem);
  }

  /** Tables on offer. */
  List<String> published() throws SQLException {
    return session.texts(
        """
        SELECT format('%I.%I', schemaname, tablename) FROM pg_publication_tables
        WHERE pubname = ? AND schemaname <> 'gemel' ORDER BY 1""",
        name);
  }

  /** Makes the slot anew. */
  void makeSlot(String followerSystem) throws SQLException, DatabaseFailure {
    dropSlots(followerSystem);
    var _ = new Slots(session, name).make(SLOT_PATIENCE);
  }

  /** Makes the slot, with the rows that it does not have. */
  ExportedSlot exportSlot() throws SQLException, DatabaseFailure {
    return ExportedSlot.make(main, name, SLOT_PATIENCE);
  }

  MainConnection main() {
    return main;
  }

  String offer() throws SQLException {
    return new Offer(session, name).text();
  }

  /** Nobody alters these tables until the transaction under way ends; clients work on. */
  void keepAsTheyAre(List<String> tables) throws SQLException {
    if (!tables.isEmpty()) {
      session.command("SET LOCAL lock_timeout = '20s'");
      session.command(
          "LOCK TABLE ONLY " + String.join(", ONLY ", tables) + " IN ACCESS SHARE MODE");
    }
  }

  void requirePublished() throws SQLException, DatabaseFailure {
    List<String> published = published();
    List<String> wanted = new UserTables(session).replicable();
    boolean exists =
        session.holds("SELECT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = ?)", name);
    if (!exists || !published.equals(wanted)) {
      throw DatabaseFailure.refused(
          exists ? "main offering " + published : "main offering nothing as " + name,
          "all its tables: " + wanted,
          "publish on main first");
    }
  }
}
