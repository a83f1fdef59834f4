package org.gemel.database;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.gemel.core.Role;

/**
 * Reads what is true of a database. Takes no lock that others wait for, and changes nothing but the
 * {@link Canary} of a main.
 */
final class StatusReader {
  private final Session session;
  private final DatabaseSettings settings;
  private final Gate gate;
  private final OwnSchema own;

  StatusReader(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
    this.gate = new Gate(session, settings);
    this.own = new OwnSchema(session);
  }

  DatabaseStatus.Online read() throws SQLException, DatabaseFailure {
    List<String> canConnect = gate.open(true);
    List<String> cannot = gate.open(false);
    Optional<Mark> mark = own.mark();
    Role role = canConnect.isEmpty() ? Role.BACKUP : Role.MAIN;
    boolean markedMain = mark.isPresent() && mark.get().role() == Role.MAIN;
    String held =
        role == Role.BACKUP && markedMain
            ? "clients are held out; it is marked main since " + mark.orElseThrow().since()
            : "";
    ReplicationReader replicationReader = new ReplicationReader(session, settings);
    Replication replication = replicationReader.read();
    Optional<Turn> unproven = unproven();
    return new DatabaseStatus.Online(
        role,
        mark,
        held,
        disagreement(role, mark, canConnect, cannot),
        instant("SELECT pg_postmaster_start_time()"),
        replication,
        replicationReader.keptLog(),
        canary(replication),
        unproven.map(Turn::words).orElse(""),
        unproven.map(Turn::differing).orElse(List.of()),
        new ComparisonNotes(session).state());
  }

  Map<String, Long> counts() throws SQLException, DatabaseFailure {
    Map<String, Long> counts = new TreeMap<>();
    session.transaction(
        () -> {
          session.command("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
          for (String table : new UserTables(session).replicable()) {
            counts.put(table, session.one("SELECT count(*) FROM " + table, r -> r.getLong(1)));
          }
        });
    return counts;
  }

  private String disagreement(
      Role role, Optional<Mark> mark, List<String> canConnect, List<String> cannot)
      throws SQLException {
    if (role == Role.MAIN && !cannot.isEmpty()) {
      return "the gate is half open: " + canConnect + " can connect, " + cannot + " cannot";
    }
    if (mark.isPresent() && mark.get().role() == Role.BACKUP) {
      List<String> leaks = gate.leaks();
      if (!leaks.isEmpty()) {
        return "it is marked backup since "
            + mark.get().since()
            + ", and yet "
            + leaks
            + " can connect: set it backup again";
      }
    }
    return "";
  }

  /** A main writes the canary row first: so what it says is never older than its last look. */
  private Optional<Instant> canary(Replication replication) throws SQLException, DatabaseFailure {
    Canary canary = new Canary(session);
    return switch (replication) {
      case Replication.Master _ -> {
        try {
          canary.beat();
        } catch (SQLException e) {
          if (Failures.isLossOfConnection(e)) {
            throw e;
          }
          yield Optional.empty(); // locked, or no room to write: the rest is true all the same
        }
        yield canary.seen();
      }
      case Replication.Backup _ -> canary.seen();
      case Replication.None _, Replication.Failed _ -> Optional.empty();
    };
  }

  /** What is not proven of the switch that made this side main, until the other side follows. */
  private Optional<Turn> unproven() throws SQLException {
    Optional<Turn> turn = new TurnNotes(session).ofNewMain().filter(t -> !t.proven());
    if (turn.isEmpty() || turn.get().start() == null) {
      return turn;
    }
    Optional<Slots.Slot> slot = new Slots(session, Names.of(settings.pair())).read();
    return turn.filter(t -> slot.isEmpty() || slot.get().isUntouched(t));
  }

  /** Rows of the counted table; absent where none is configured or it is missing. */
  OptionalLong counted() throws SQLException {
    if (settings.countedTable().isEmpty()) {
      return OptionalLong.empty();
    }
    // The name is taken from the catalogue, not from the settings: those are no place for SQL.
    Optional<String> table =
        session.first(
            """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = to_regclass(?) AND c.relkind IN ('r', 'p')""",
            row -> row.getString(1), settings.countedTable().get());
    return table.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            session.one("SELECT count(*) FROM " + table.get(), row -> row.getLong(1)));
  }

  private Instant instant(String query) throws SQLException {
    Timestamp timestamp = session.one(query, row -> row.getTimestamp(1));
    return timestamp.toInstant();
  }
}
