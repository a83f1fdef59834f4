package org.gemel.control.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.people.Sessions;
import org.gemel.control.people.Tokens;
import org.gemel.control.people.Users;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API and console on one port. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private final WebSettings settings;
  private final Gate gate;
  private final Templates templates = new Templates();
  private final Changes changes;
  private final List<Route> routes;
  private @Nullable Javalin javalin;

  public WebServer(
      ControlPoint control, Users users, Tokens tokens, Sessions sessions, WebSettings settings) {
    this.settings = settings;
    this.gate = new Gate(control, sessions, tokens);
    this.changes = new Changes(control);
    StaticFiles files = new StaticFiles();
    Console console = new Console(control, sessions, changes, templates, files);
    this.routes =
        Stream.of(
                new StatusApi(control, sessions, changes).routes(),
                new RunsApi(control).routes(),
                new DevicesApi(control).routes(),
                new FoldersApi(control).routes(),
                new DatabaseApi(control).routes(),
                new MetricsApi(control).routes(),
                new PeopleApi(users, tokens, sessions).routes(),
                files.routes(),
                new LogInPages(sessions, gate, templates, files, settings.behindTls()).routes(),
                console.routes(),
                new Dialogs(control, console, templates).routes())
            .flatMap(List::stream)
            .toList();
  }

  /** Begins to listen; returns where. */
  public InetSocketAddress start() {
    Javalin started = Javalin.create(this::configure);
    javalin = started;
    started.start(settings.host(), settings.port());
    LOG.info("API and console at {}", url());
    return new InetSocketAddress(settings.host(), started.port());
  }

  /** Where a browser finds it, once started. */
  public String url() {
    Javalin started = javalin;
    if (started == null) {
      throw new IllegalStateException("the web server has not been started");
    }
    return (settings.tls() == null ? "http://" : "https://")
        + settings.host()
        + ":"
        + started.port();
  }

  public void stop() {
    // The streams end first: they hold requests open, for which Jetty would wait.
    changes.close();
    if (javalin != null) {
      javalin.stop();
    }
  }

  @Override
  public void close() {
    stop();
  }

  List<Route> routes() {
    return routes;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = Json.LARGEST_REQUEST;
    config.http.prefer405over404 = true;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    SSLContext tls = settings.tls();
    if (tls != null) {
      config.jetty.addConnector((server, http) -> connector(server, http, tls));
    }
    config.routes.before(c -> SecurityHeaders.add(c, settings.behindTls()));
    config.routes.beforeMatched(gate::check);
    new Failures(templates).register(config.routes);
    for (Route route : routes) {
      config.routes.addHttpHandler(route.method(), route.path(), route.handler(), route.access());
    }
  }

  private ServerConnector connector(Server server, HttpConfiguration http, SSLContext tls) {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(tls);
    HttpConfiguration secure = new HttpConfiguration(http);
    // Certificates name addresses as often as hosts here; the client checks that, not we.
    secure.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(factory, "http/1.1"),
            new HttpConnectionFactory(secure));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    return connector;
  }
}
