package org.gemel.control.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.gemel.config.ConfigurationFault;
import org.gemel.control.ControlParts;
import org.gemel.control.agents.AgentServer;
import org.gemel.control.kept.ControlFiles;
import org.gemel.control.kept.OwnCopies;
import org.gemel.control.people.SessionLimits;
import org.gemel.control.people.Sessions;
import org.gemel.control.people.Tokens;
import org.gemel.control.people.Users;
import org.gemel.control.web.WebServer;
import org.gemel.control.web.WebSettings;
import org.gemel.ledger.Keeper;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.ZooKeeperLedger;
import org.gemel.wire.CertificateAuthority;
import org.gemel.wire.Identity;
import org.gemel.wire.LinkSecurity;
import org.gemel.wire.Validity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control point: keeper, ledger, runs, agents' streams, API and console, started in this order
 * and stopped in the opposite one.
 */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final Duration KEEPER_ANSWERS_WITHIN = Duration.ofSeconds(20);
  private static final Duration ONE_YEAR = Duration.ofDays(397);
  private static final String FIRST_ADMINISTRATOR = "admin";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final String url;
  private final int agentsPort;

  private ControlServer(ControlConfiguration configuration, Optional<Path> file)
      throws IOException {
    Clock clock = Clock.systemUTC();
    StateFolder state = opened(StateFolder.open(configuration.state()));
    CertificateAuthority authority = state.authority(clock.instant());
    Identity identity = serverIdentity(configuration, authority, clock);
    String keeper =
        configuration
            .keeper()
            .orElseGet(
                () ->
                    opened(Keeper.start(state.keeperFolder(), configuration.keeperPort()))
                        .address());
    Ledger ledger =
        opened(ZooKeeperLedger.connect(keeper, state.ledgerSecret(), KEEPER_ANSWERS_WITHIN));
    Optional<ControlFiles> files =
        file.map(start -> new ControlFiles(start, configuration.state()));
    if (files.isPresent()) {
      files.get().takeUpCopy(ledger);
    }
    ControlParts control =
        opened(ControlParts.assemble(clock, ledger, authority, configuration.reportInterval()));
    AgentServer agents =
        opened(
            AgentServer.start(
                configuration.agents().host(),
                configuration.agents().port(),
                identity,
                authority,
                control.hub(),
                control.joinTokens(),
                control.devices(),
                clock));
    agentsPort = agents.port();
    Users users = new Users(ledger, control.controlPoint());
    Tokens tokens = new Tokens(ledger, control.controlPoint(), users);
    Sessions sessions = new Sessions(ledger, control.controlPoint(), users, SessionLimits.DEFAULT);
    firstAdministrator(state, users);
    WebServer web =
        new WebServer(
            control.controlPoint(), users, tokens, sessions, web(configuration, identity));
    web.start();
    opened(web);
    url = web.url();
    control.goOn();
    if (files.isPresent()) {
      opened(
              new OwnCopies(
                  files.get(), state.recoveryKey(), ledger, control.hub().configurations(), clock))
          .start(configuration.copyInterval());
    }
  }

  /**
   * Starts one. What fails on the way is said with what was found and wanted, and leaves nothing
   * running.
   *
   * @throws IOException if a folder or a port cannot be used
   */
  public static ControlServer start(ControlConfiguration configuration) throws IOException {
    return new ControlServer(configuration, Optional.empty());
  }

  /**
   * Starts the one that a file describes, as {@link #start(ControlConfiguration)} does; what its
   * replacement would need is kept on the storage systems.
   *
   * @throws ConfigurationFault with every fault in the file
   */
  public static ControlServer start(Path file) throws IOException {
    return new ControlServer(
        ControlConfiguration.load(file), Optional.of(file.toAbsolutePath().normalize()));
  }

  /** Where browsers and the command line find it. */
  public String url() {
    return url;
  }

  /** The port where agents dial in. */
  public int agentsPort() {
    return agentsPort;
  }

  private static Identity serverIdentity(
      ControlConfiguration configuration, CertificateAuthority authority, Clock clock)
      throws IOException {
    List<String> names = new ArrayList<>(configuration.names());
    List<InetAddress> addresses = new ArrayList<>();
    addresses.add(InetAddress.getLoopbackAddress());
    names.removeIf(name -> addAddress(name, addresses));
    names.add("localhost");
    return authority.issueServer(names, addresses, Validity.of(clock.instant(), ONE_YEAR));
  }

  /** Takes a name that is an address literal; nothing is ever looked up. */
  private static boolean addAddress(String name, List<InetAddress> addresses) {
    try {
      addresses.add(InetAddress.ofLiteral(name));
      return true;
    } catch (IllegalArgumentException aHostName) {
      return false;
    }
  }

  private static WebSettings web(ControlConfiguration configuration, Identity identity) {
    ControlConfiguration.Listener console = configuration.console();
    @Nullable SSLContext tls = console.tls() ? LinkSecurity.https(identity) : null;
    return new WebSettings(console.host(), console.port(), tls, console.tls());
  }

  private static void firstAdministrator(StateFolder state, Users users) throws IOException {
    if (!users.list().isEmpty()) {
      return;
    }
    String password = StateFolder.randomText(8);
    // The file first: a password nobody can find would lock everybody out.
    state.leaveInitialPassword(password);
    if (users.addFirst(FIRST_ADMINISTRATOR, password)) {
      LOG.info(
          "the first administrator is '{}'; its password is in the file initial-password of the state folder",
          FIRST_ADMINISTRATOR);
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
