package org.gemel.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections that wait a moment for their next use, for orders that follow each other while no
 * client can write: a new one has to prove its password, and knows nothing of the catalogue yet,
 * which makes its first queries several times as slow.
 *
 * <p>No longer than a moment: {@code DROP DATABASE} and a copy from a template wait only five
 * seconds for others to leave, and a server that shuts down without haste waits for all of them.
 * Nothing of one use is left for the next: the server itself discards it.
 */
final class KeptConnections {
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration AGE = Duration.ofSeconds(3);
  private static final int ANSWER_SECONDS = 2;
  private static final int KEPT_OF_ONE_USER = 4;

  private static final KeptConnections ALL = new KeptConnections();

  /**
   * Whose connection; only one of the same is used again.
   *
   * @param options that the server was given at its beginning
   */
  record Whose(DatabaseAddress address, Credentials user, String options) {}

  private final GenericKeyedObjectPool<Whose, Connection> connections;

  private KeptConnections() {
    GenericKeyedObjectPoolConfig<Connection> config = new GenericKeyedObjectPoolConfig<>();
    config.setMaxTotal(-1);
    config.setMaxTotalPerKey(-1);
    config.setMaxIdlePerKey(KEPT_OF_ONE_USER);
    config.setTestOnBorrow(true);
    config.setMinEvictableIdleDuration(IDLE);
    config.setTimeBetweenEvictionRuns(IDLE.dividedBy(2));
    config.setNumTestsPerEvictionRun(-1); // all
    config.setJmxEnabled(false);
    connections = new GenericKeyedObjectPool<>(new Connections(), config);
  }

  /** One that is used by nobody else until it is given back or dropped. */
  static Connection borrow(Whose whose) throws SQLException {
    try {
      return ALL.connections.borrowObject(whose);
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new SQLException("no connection to " + whose.address(), e);
    }
  }

  static void giveBack(Whose whose, Connection connection) {
    ALL.connections.returnObject(whose, connection);
  }

  /** For one that is in a state that others could suffer from. */
  static void drop(Whose whose, Connection connection) throws SQLException {
    try {
      ALL.connections.invalidateObject(whose, connection);
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new SQLException("no end of a connection to " + whose.address(), e);
    }
  }

  private static final class Connections extends BaseKeyedPooledObjectFactory<Whose, Connection> {
    @Override
    public Connection create(Whose whose) throws SQLException {
      PGSimpleDataSource source = Connecting.source(whose.address(), whose.user(), whose.options());
      return source.getConnection();
    }

    @Override
    public PooledObject<Connection> wrap(Connection connection) {
      return new DefaultPooledObject<>(connection);
    }

    @Override
    public boolean validateObject(Whose whose, PooledObject<Connection> kept) {
      if (kept.getBorrowedCount() <= 1) {
        return true; // just made
      }
      try {
        return kept.getFullDuration().compareTo(AGE) < 0
            && kept.getObject().isValid(ANSWER_SECONDS);
      } catch (SQLException e) {
        return false;
      }
    }

    /** Whatever was set, locked, listened to or prepared; fails inside a transaction. */
    @Override
    public void passivateObject(Whose whose, PooledObject<Connection> used) throws SQLException {
      Connection connection = used.getObject();
      if (!connection.getAutoCommit()) {
        throw new SQLException("found a transaction, wanted it ended");
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("DISCARD ALL");
      }
    }

    @Override
    public void destroyObject(Whose whose, PooledObject<Connection> kept) throws SQLException {
      kept.getObject().close();
    }
  }
}
