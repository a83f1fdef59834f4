package org.gemel.demo.workload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Shows the assets of one side over HTTP: {@code /status} says the side its configuration pointed
 * at when it started, {@code /assets} counts them in that side's database.
 */
public final class BrowseService implements AutoCloseable {
  private static final int WAITING_CONNECTIONS = 16;

  private final BrowseConfig config;
  private final HttpServer server;

  private BrowseService(BrowseConfig config, HttpServer server) {
    this.config = config;
    this.server = server;
  }

  /** Starts to serve. */
  public static BrowseService start(BrowseConfig config) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), config.port()),
            WAITING_CONNECTIONS);
    BrowseService service = new BrowseService(config, server);
    server.createContext("/status", service::status);
    server.createContext("/assets", service::assets);
    server.start();
    return service;
  }

  private void status(HttpExchange exchange) throws IOException {
    String media = Files.isDirectory(config.media()) ? "there" : "missing";
    answer(
        exchange,
        200,
        "{\"name\":\"%s\",\"side\":\"%s\",\"media\":\"%s\"}%n"
            .formatted(config.name(), config.side(), media));
  }

  private void assets(HttpExchange exchange) throws IOException {
    try (Connection connection = config.database().open()) {
      long count = StoryRows.one(connection, "SELECT count(*) FROM assets");
      answer(exchange, 200, "{\"side\":\"%s\",\"assets\":%d}%n".formatted(config.side(), count));
    } catch (SQLException e) {
      answer(
          exchange,
          503,
          "{\"side\":\"%s\",\"refused\":\"%s\"}%n".formatted(config.side(), e.getSQLState()));
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
