package org.gemel.database;

import java.nio.file.Path;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** How connections are made: what every session of ours is told at its beginning, and limits. */
final class Connecting {
  private static final int CONNECT_SECONDS = 5;
  // Longer than every statement_timeout, so that it is the server that ends what takes too long.
  private static final int SOCKET_SECONDS = 90;

  /** How long a statement may take, unless it was told otherwise. */
  static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(75);

  /**
   * For every session: names in results are qualified, and a dead caller is noticed soon. Nothing
   * is compiled: a catalogue that nobody has analysed is thought to be large, and compiling a query
   * on it took seconds, the query itself milliseconds.
   */
  static final String COMMON =
      "-c search_path=pg_catalog -c client_connection_check_interval=1000"
          + " -c default_transaction_read_only=off -c synchronous_commit=on -c jit=off"
          + " -c idle_session_timeout=0 -c idle_in_transaction_session_timeout=0"
          + " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4"
          + " -c lock_timeout=30000 -c statement_timeout="
          + STATEMENT_TIMEOUT.toMillis();

  /** Statements of ours can hold passwords; the server's log must not. Superusers only. */
  static final String UNLOGGED =
      " -c log_statement=none -c log_min_error_statement=panic -c log_min_duration_statement=-1"
          + " -c log_min_duration_sample=-1 -c log_duration=off";

  static final String UNLIMITED = " -c statement_timeout=0";

  private Connecting() {}

  /** Of one that speaks SQL. */
  static PGSimpleDataSource source(DatabaseAddress address, Credentials user, String options) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {address.host()});
    source.setPortNumbers(new int[] {address.port()});
    source.setDatabaseName(address.database());
    source.setUser(user.user());
    source.setPassword(user.password());
    // So that the name is told at the beginning, and whoever uses it again finds it again.
    source.setAssumeMinServerVersion("14");
    source.setApplicationName("gemel");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(2 * CONNECT_SECONDS);
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setTcpKeepAlive(true);
    if (!options.isEmpty()) {
      source.setOptions(options);
    }
    return source;
  }

  /**
   * Of one that takes commands of replication.
   *
   * @param replication {@code database} for those of one database, {@code true} for the server's
   */
  static PGSimpleDataSource ofReplication(MainConnection main, String replication, String options) {
    PGSimpleDataSource source = source(main.address(), main.replication(), options);
    source.setReplication(replication);
    source.setPreferQueryMode(PreferQueryMode.SIMPLE);
    return source;
  }

  /** Of one on a server that listens in a folder only, where no password is asked for. */
  static PGSimpleDataSource inFolder(Path socket, String user, String database, String options) {
    PGSimpleDataSource source =
        source(new DatabaseAddress("localhost", 1, database), new Credentials(user, ""), options);
    source.setSocketFactory(UnixSocketFactory.class.getName());
    source.setSocketFactoryArg(socket.toString());
    source.setSslMode("disable");
    source.setGssEncMode("disable");
    source.setLoginTimeout(0);
    return source;
  }
}
