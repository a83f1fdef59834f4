package org.gemel.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.copy.PGCopyOutputStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One short use of a connection to a database. Every statement is its own transaction, but inside
 * one. What is asked and ordered often goes over {@link KeptConnections}.
 */
final class Session implements AutoCloseable {
  private static final int ROWS_AT_A_TIME = 500;

  private final Connection connection;
  private final KeptConnections.@Nullable Whose whose;
  private boolean leavesOut;
  private boolean ofNoFurtherUse;
  private boolean closed;

  /** A connection of its own. */
  private Session(Connection connection) {
    this.connection = connection;
    this.whose = null;
    this.ofNoFurtherUse = true;
  }

  private Session(KeptConnections.Whose whose) throws SQLException {
    this.connection = KeptConnections.borrow(whose);
    this.whose = whose;
  }

  /** A session of the administrator. */
  static Session administrator(DatabaseSettings settings) throws SQLException {
    return open(
        settings.address(),
        settings.administrator(),
        Connecting.COMMON + Connecting.UNLOGGED,
        settings.leftOut());
  }

  /**
   * A session of the replication user, on main.
   *
   * @param leftOut tables that are left out by name, as on the own side
   */
  static Session replication(DatabaseAddress address, Credentials replication, List<String> leftOut)
      throws SQLException {
    return open(address, replication, Connecting.COMMON, leftOut);
  }

  /**
   * A session of the replication user that takes commands of replication, such as the one that
   * makes a slot with a snapshot. No limit of the server's own ends it while it is idle.
   *
   * @param longest how long a command may take; the server's own limit does not bind those
   */
  static Session commandsOfReplication(MainConnection main, Duration longest) throws SQLException {
    PGSimpleDataSource source = Connecting.ofReplication(main, "database", Connecting.COMMON);
    source.setQueryTimeout(Math.toIntExact(Math.max(1, longest.toSeconds())));
    Session session = new Session(source.getConnection());
    try {
      session.endNever();
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Whether the replication user may have the whole server; it is not used for anything else. */
  static Session ofWholeServer(MainConnection main) throws SQLException {
    return new Session(Connecting.ofReplication(main, "true", "").getConnection());
  }

  /**
   * A session that carries rows or builds an index, which may take hours. That the other side is
   * gone is noticed by the server (keepalives); by us only if the session is {@link #abort}ed.
   *
   * @param options more of them, such as {@code -c name=value}
   */
  static Session copying(
      DatabaseAddress address, Credentials user, String pair, String options, List<String> leftOut)
      throws SQLException {
    PGSimpleDataSource source =
        Connecting.source(address, user, Connecting.COMMON + Connecting.UNLIMITED + options);
    source.setApplicationName(copyingName(pair));
    source.setSocketTimeout(0);
    Session session = new Session(source.getConnection());
    try {
      session.endNever();
      session.leaveOut(leftOut);
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** The same of this side's administrator, who acts as replication does: no triggers. */
  static Session copyingHere(DatabaseSettings settings) throws SQLException {
    return copying(
        settings.address(),
        settings.administrator(),
        Names.of(settings.pair()),
        Connecting.UNLOGGED + " -c session_replication_role=replica",
        settings.leftOut());
  }

  /**
   * A session on a server that is not for anybody yet and listens in a folder only, where no
   * password is asked for. Triggers, of events too, do not fire for it.
   */
  static Session inFolder(Path socket, String user, String database) throws SQLException {
    String options =
        Connecting.COMMON
            + Connecting.UNLOGGED
            + Connecting.UNLIMITED
            + " -c session_replication_role=replica";
    return new Session(Connecting.inFolder(socket, user, database, options).getConnection());
  }

  /** What sessions that copy call themselves; a server cuts longer ones off. */
  static String copyingName(String pair) {
    String name = "copy " + pair;
    return name.substring(0, Math.min(name.length(), 63));
  }

  /** A session like that of any client. */
  static Session client(DatabaseAddress address, Credentials client) throws SQLException {
    return new Session(Connecting.source(address, client, "").getConnection());
  }

  private static Session open(
      DatabaseAddress address, Credentials user, String options, List<String> leftOut)
      throws SQLException {
    Session session = new Session(new KeptConnections.Whose(address, user, options));
    try {
      session.leaveOut(leftOut);
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** What is made of one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What is done in one transaction. */
  interface Work {
    void perform() throws SQLException, DatabaseFailure;
  }

  <T> List<T> list(String query, Row<T> row, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      bind(statement, parameters);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(row.read(result));
        }
      }
      return rows;
    }
  }

  <T> Optional<T> first(String query, Row<T> row, Object... parameters) throws SQLException {
    return list(query, row, parameters).stream().findFirst();
  }

  /** What is done with one row. */
  interface Visitor {
    void visit(ResultSet row) throws SQLException, DatabaseFailure;
  }

  /** Reads any number of rows without holding them all; inside a transaction. */
  void each(String query, Visitor visitor, Object... parameters)
      throws SQLException, DatabaseFailure {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setFetchSize(ROWS_AT_A_TIME);
      bind(statement, parameters);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          visitor.visit(result);
        }
      }
    }
  }

  /** Any number of rows, pulled one by one; inside a transaction. */
  RowCursor cursor(String query) throws SQLException {
    ofNoFurtherUse = true; // it may be left in the midst of the rows
    PreparedStatement statement = connection.prepareStatement(query);
    statement.setFetchSize(ROWS_AT_A_TIME);
    return new RowCursor(statement);
  }

  /** The one row of a query that always has one. */
  <T> T one(String query, Row<T> row, Object... parameters) throws SQLException {
    List<T> rows = list(query, row, parameters);
    if (rows.size() != 1) {
      throw new SQLException("found " + rows.size() + " rows, wanted one, for: " + query);
    }
    return rows.getFirst();
  }

  boolean holds(String query, Object... parameters) throws SQLException {
    return one(query, row -> row.getBoolean(1), parameters);
  }

  /** Tells this server from every other one. */
  String systemIdentifier() throws SQLException {
    return one("SELECT system_identifier::text FROM pg_control_system()", row -> row.getString(1));
  }

  List<String> texts(String query, Object... parameters) throws SQLException {
    return list(query, row -> row.getString(1), parameters);
  }

  int change(String statement, Object... parameters) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      bind(prepared, parameters);
      return prepared.executeUpdate();
    }
  }

  /** A command that takes no parameters. */
  void command(String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(command);
    }
  }

  void transaction(Work work) throws SQLException, DatabaseFailure {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      work.perform();
      connection.commit();
      done = true;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  /** In one transaction that reads everything as it is at its first statement. */
  void snapshot(Work work) throws SQLException, DatabaseFailure {
    transaction(
        () -> {
          command("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
          work.perform();
        });
  }

  /** Streams what a COPY of this session sends into a COPY of another one. */
  void copy(String out, Session target, String in) throws SQLException {
    ofNoFurtherUse = true; // it may be left in the midst of the rows
    target.ofNoFurtherUse = true;
    PGConnection other = target.connection.unwrap(PGConnection.class);
    try (PGCopyOutputStream rows = new PGCopyOutputStream(other, in)) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyOut(out, rows);
    } catch (IOException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      }
      throw new SQLException("copying with " + out + " failed", e);
    }
  }

  /** Whether the server is known to be gone. */
  boolean isLost() throws SQLException {
    return connection.isClosed();
  }

  /** Tables that this session takes for none of the users'; see {@link UserTables}. */
  void leaveOut(List<String> tables) throws SQLException {
    if (tables.isEmpty() && !leavesOut) {
      return;
    }
    one("SELECT set_config('gemel.left_out', (?)::text, false)", row -> true, tables);
    leavesOut = !tables.isEmpty();
  }

  /** From here on no limit of the server's own ends this session while it is idle or waits. */
  private void endNever() throws SQLException {
    list(
        "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('lock_timeout',"
            + " 'idle_session_timeout', 'idle_in_transaction_session_timeout',"
            + " 'transaction_timeout')",
        row -> true);
  }

  /** Rows out of a table, as the server writes them. */
  CopyOut copyOut(String command) throws SQLException {
    ofNoFurtherUse = true;
    return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(command);
  }

  /** Rows into a table; part of the transaction under way. */
  CopyIn copyIn(String command) throws SQLException {
    ofNoFurtherUse = true;
    return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command);
  }

  /** From here on the server has to answer within this time. */
  void answersWithin(Duration longest) throws SQLException {
    ofNoFurtherUse = true;
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(longest.toMillis()));
  }

  /** Ends it at once, whatever another thread does with it. */
  void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException("a connection can always be ended", e);
    }
  }

  void statementTimeout(Duration timeout) throws SQLException {
    command("SET statement_timeout = " + timeout.toMillis());
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    if (whose == null) {
      connection.close();
    } else if (ofNoFurtherUse || connection.isClosed()) {
      KeptConnections.drop(whose, connection);
    } else {
      KeptConnections.giveBack(whose, connection);
    }
  }

  private void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] instanceof List<?> texts) {
        statement.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
      } else {
        statement.setObject(i + 1, parameters[i]);
      }
    }
  }
}
