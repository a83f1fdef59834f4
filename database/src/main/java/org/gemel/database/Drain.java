package org.gemel.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Whether the backup has all of main.
 *
 * <p>A lag of 0 proves nothing: a stream that has not begun has no lag. What proves it is the
 * position that the backup confirmed, over a stream that lives, at or past one taken after the last
 * commit.
 */
final class Drain {
  private final Session session;
  private final String name;

  Drain(Session session, DatabaseSettings settings) {
    this.session = session;
    this.name = Names.of(settings.pair());
  }

  /**
   * Writes a message of our own and takes the position after it is on disk. Log is one sequence, so
   * everything committed before lies before, also what a client committed without waiting.
   */
  WalPosition position() throws SQLException {
    return mark(session);
  }

  static WalPosition mark(Session session) throws SQLException {
    session.one("SELECT pg_logical_emit_message(true, 'gemel', 'fence')", row -> true);
    return session.one(
        "SELECT pg_current_wal_flush_lsn()::text", row -> WalPosition.parse(row.getString(1)));
  }

  Confirmation confirmed(WalPosition position) throws SQLException {
    Slots slots = new Slots(session, name);
    Optional<Slots.Slot> found = slots.read();
    if (found.isEmpty()) {
      return new Confirmation.Waiting(
          "there is no slot " + name + ": no backup follows; start the replication", -1);
    }
    Slots.Slot slot = found.get();
    if (slot.logStatus().equals("lost")) {
      return new Confirmation.Waiting(
          "main no longer has the log the backup lacks: start the replication again", -1);
    }
    WalPosition confirmed = slot.confirmed();
    long left = confirmed == null ? -1 : Math.max(0, position.value() - confirmed.value());
    if (!slot.active()) {
      return new Confirmation.Waiting(
          "the backup is not connected to main; it will go on when it is", left);
    }
    String state = slot.streamState().orElse("not seen yet");
    if (!state.equals("streaming")) {
      return new Confirmation.Waiting(
          "the stream to the backup is in state '" + state + "', wanted 'streaming'", left);
    }
    List<String> copies = slots.ofTableCopies(new OwnSchema(session).followers());
    if (!copies.isEmpty()) {
      return new Confirmation.Waiting(
          copies.size() + " tables are still in their first copy", left);
    }
    if (confirmed == null || confirmed.compareTo(position) < 0) {
      return new Confirmation.Waiting(
          "the backup has confirmed " + confirmed + " of " + position, left);
    }
    return new Confirmation.Reached(confirmed);
  }
}
