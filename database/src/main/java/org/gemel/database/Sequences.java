package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Sequences are not replicated: they are carried over when the roles change. */
final class Sequences {
  private final Session session;

  Sequences(Session session) {
    this.session = session;
  }

  List<SequenceValue> read() throws SQLException {
    List<SequenceValue> values = new ArrayList<>();
    for (String name : names()) {
      values.add(
          session.one(
              "SELECT last_value, is_called FROM " + name,
              row -> new SequenceValue(name, row.getLong(1), row.getBoolean(2))));
    }
    return values;
  }

  void moveForward(List<SequenceValue> values) throws SQLException, DatabaseFailure {
    List<String> here = names();
    List<String> missing =
        values.stream().map(SequenceValue::name).filter(name -> !here.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw DatabaseFailure.refused(
          "no sequence " + missing + " in this database",
          "the same sequences on both sides",
          "create what the other side has, then repeat");
    }
    for (SequenceValue value : values) {
      session.transaction(() -> moveForward(value));
    }
  }

  private void moveForward(SequenceValue value) throws SQLException {
    long increment =
        session.one(
            "SELECT seqincrement FROM pg_sequence WHERE seqrelid = ?::regclass",
            row -> row.getLong(1),
            value.name());
    // Changes nothing, but nobody draws a number until this transaction ends: without it one drawn
    // between our look and our setval would be handed out twice.
    session.command("ALTER SEQUENCE " + value.name() + " INCREMENT BY " + increment);
    SequenceValue found =
        session.one(
            "SELECT last_value, is_called FROM " + value.name(),
            row -> new SequenceValue(value.name(), row.getLong(1), row.getBoolean(2)));
    int order = Long.compare(value.value(), found.value());
    boolean ahead =
        order == 0 ? value.called() && !found.called() : increment > 0 ? order > 0 : order < 0;
    if (ahead) {
      session.one(
          "SELECT setval(?::regclass, ?, ?)",
          row -> row.getLong(1),
          value.name(),
          value.value(),
          value.called());
    }
  }

  private List<String> names() throws SQLException {
    return session.texts(
        """
        SELECT format('%I.%I', n.nspname, c.relname)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'S' AND c.relpersistence = 'p' AND
        """
            + UserTables.OF_USERS
            + " ORDER BY 1");
  }
}
