package org.gemel.bench.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Running;
import org.gemel.bench.process.Started;
import org.gemel.bench.process.Timed;
import org.gemel.bench.process.Tool;

/**
 * Patroni with two servers, its own defaults where nothing else is needed. What both agree on is
 * kept by its own Raft, with a third member as it wants for a quorum: the fewest programs.
 */
public final class PatroniPair implements SwitchedPair {
  public static final String NAME = "patronictl switchover";
  private static final Tool PATRONI = new Tool("patroni", "patroni");
  private static final Tool CONTROL = new Tool("patronictl", "patroni");
  private static final Tool THIRD = new Tool("patroni_raft_controller", "patroni");
  private static final Duration START = Duration.ofMinutes(2);
  private static final String SCOPE = "shop";

  private final Started started = new Started();
  private final List<Access> administrators = new ArrayList<>();
  private final String password = Fresh.secret();
  private final String clientPassword = Fresh.secret();
  private final List<Integer> raftPorts = List.of(Fresh.port(), Fresh.port(), Fresh.port());
  private final Path folder;
  private final Timed timed;
  private int main;

  private PatroniPair(Path folder, Timed timed) {
    this.folder = folder;
    this.timed = timed;
  }

  /** Why it cannot take part; empty if it can. */
  public static Optional<String> missing() {
    return Tool.missing(PATRONI, CONTROL, THIRD);
  }

  /** Starts all of it, or leaves nothing of it running. */
  public static PatroniPair start(Path folder, Timed timed, Path scratch, int rows)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    PatroniPair pair = new PatroniPair(folder, timed);
    boolean whole = false;
    try {
      pair.start(scratch, rows);
      whole = true;
      return pair;
    } catch (IOException | SQLException e) {
      throw new IOException("Patroni's pair could not be made: " + e.getMessage(), e);
    } finally {
      if (!whole) {
        pair.close();
      }
    }
  }

  private void start(Path scratch, int rows)
      throws IOException, SQLException, InterruptedException {
    startThird(scratch);
    for (int server = 0; server < 2; server++) {
      int port = Fresh.port();
      Path file = PrivateFile.write(file(server), configuration(server, port));
      Access administrator = new Access(port, "postgres", PostgresServer.ADMINISTRATOR, password);
      administrators.add(administrator);
      Running patroni =
          Running.start(
              "patroni",
              Launch.of(Programs.lowered(List.of(PATRONI.path(), file.toString()))),
              scratch);
      started.add(patroni::close);
      boolean first = server == 0;
      patroni.await(
          "answering",
          START,
          () -> PostgresServer.answers(administrator) && (!first || leads(administrator)));
    }
    Orders.make(administrators.getFirst(), clientPassword);
    Orders.fill(administrators.getFirst(), rows);
    awaitFollowing();
  }

  private void startThird(Path scratch) throws IOException {
    Path file = Files.writeString(folder.resolve("third.yml"), raft(2));
    Running third =
        Running.start("patroni_raft_controller", Launch.of(THIRD.path(), file.toString()), scratch);
    started.add(third::close);
  }

  private String raft(int member) {
    List<String> partners = new ArrayList<>();
    for (int other = 0; other < raftPorts.size(); other++) {
      if (other != member) {
        partners.add("'127.0.0.1:" + raftPorts.get(other) + "'");
      }
    }
    return "raft: {data_dir: '%s', self_addr: '127.0.0.1:%d', partner_addrs: [%s]}"
        .formatted(
            folder.resolve("raft-" + member), raftPorts.get(member), String.join(", ", partners));
  }

  private Path file(int server) {
    return folder.resolve("patroni-" + name(server) + ".yml");
  }

  private static String name(int server) {
    return server == 0 ? "x" : "y";
  }

  private String configuration(int server, int port) {
    StringBuilder settings = new StringBuilder();
    PostgresServer.settings()
        .forEach((name, value) -> settings.append("        %s: '%s'%n".formatted(name, value)));
    return """
    scope: %1$s
    name: %2$s
    restapi: {listen: '127.0.0.1:%3$d', connect_address: '127.0.0.1:%3$d'}
    %4$s
    bootstrap:
      dcs:
        ttl: 30
        loop_wait: 10
        retry_timeout: 10
        maximum_lag_on_failover: 1048576
        postgresql:
          use_pg_rewind: true
          parameters:
    %5$s
      initdb: [{encoding: UTF8}, {locale: C.UTF-8}, {auth: scram-sha-256}]
      pg_hba:
        - host all all 127.0.0.1/32 scram-sha-256
        - host replication all 127.0.0.1/32 scram-sha-256
    postgresql:
      listen: '127.0.0.1:%6$d'
      connect_address: '127.0.0.1:%6$d'
      data_dir: %7$s
      bin_dir: %8$s
      pgpass: %7$s.pgpass
      authentication:
        superuser: {username: %9$s, password: '%10$s'}
        replication: {username: follower, password: '%10$s'}
      parameters: {unix_socket_directories: ''}
    """
        .formatted(
            SCOPE,
            name(server),
            Fresh.port(),
            raft(server),
            settings.toString().replace("        ", "            ").stripTrailing(),
            port,
            folder.resolve("database-" + name(server)),
            Programs.folder(),
            PostgresServer.ADMINISTRATOR,
            password);
  }

  private static boolean leads(Access access) {
    try {
      return access.number("SELECT (NOT pg_is_in_recovery())::int") == 1;
    } catch (SQLException notNow) {
      return false;
    }
  }

  /** Its own word that a replica runs is no proof: it may not stream yet. */
  private void awaitFollowing() throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (!follows()) {
      if (System.nanoTime() - began > START.toNanos()) {
        throw new IOException("the other server does not follow " + name(main));
      }
      Thread.sleep(50);
    }
  }

  private boolean follows() {
    try {
      return administrators
              .get(main)
              .number(
                  "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
                      + " AND pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) < 100000")
          == 1;
    } catch (SQLException notNow) {
      return false;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Access> clients() {
    return administrators.stream()
        .map(a -> a.to(Orders.DATABASE).as(Orders.CLIENT, clientPassword))
        .toList();
  }

  @Override
  public Access main() {
    return administrators.get(main).to(Orders.DATABASE);
  }

  @Override
  public void change() throws IOException, InterruptedException {
    timed.require(
        Launch.of(
            CONTROL.path(),
            "-c",
            file(main).toString(),
            "switchover",
            SCOPE,
            "--leader",
            name(main),
            "--candidate",
            name(1 - main),
            "--force"));
    main = 1 - main;
    awaitFollowing();
  }

  /** Each Patroni stops its server; the store of both goes last. */
  @Override
  public void close() {
    started.close();
  }
}
