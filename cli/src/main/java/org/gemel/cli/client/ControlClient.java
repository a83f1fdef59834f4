package org.gemel.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks the control point. The next one in the list is asked only while nothing has been sent; once
 * a change is on its way and the answer is lost, whether it was done is not known, and that is said
 * (exit code 9) instead of asking again.
 *
 * <p>{@link HttpURLConnection}, for it starts faster than the newer client, and one request needs
 * nothing that the newer one has.
 */
public final class ControlClient {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int READ_MILLIS = 30_000;

  private final List<String> urls;
  private final @Nullable String token;
  private final @Nullable SSLSocketFactory trust;

  public ControlClient(ClientSettings settings) {
    if (settings.control().isEmpty()) {
      throw new Failure(
          ExitCode.USAGE, "found no control point, wanted its URL: give --control or log in");
    }
    this.urls = settings.control();
    this.token = settings.token();
    this.trust = settings.ca() == null ? null : trust(Path.of(settings.ca()));
  }

  public String get(String path) {
    return send("GET", path, null);
  }

  public <T> T get(String path, Class<T> type) {
    return read(get(path), type);
  }

  public String post(String path, @Nullable Object body) {
    return send("POST", path, body == null ? "{}" : Output.JSON.writeValueAsString(body));
  }

  public void delete(String path) {
    send("DELETE", path, null);
  }

  static <T> T read(String json, Class<T> type) {
    return Output.JSON.readValue(json, type);
  }

  /** A name as a part of a path. */
  static String part(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  private String send(String method, String path, @Nullable String body) {
    StringBuilder tried = new StringBuilder();
    for (String url : urls) {
      try {
        return send(url, method, path, body);
      } catch (Unreachable e) {
        tried.append(tried.isEmpty() ? "" : "; ").append(url).append(": ").append(e.getMessage());
      }
    }
    throw new Failure(
        ExitCode.UNREACHABLE,
        "cannot reach the control point (" + tried + "): is it running, and is the address right?");
  }

  private static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(message);
    }
  }

  private String send(String url, String method, String path, @Nullable String body)
      throws Unreachable {
    HttpURLConnection connection = null;
    try {
      connection = open(url, method, path);
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
      }
      connection.connect();
    } catch (ConnectException | UnknownHostException | NoRouteToHostException e) {
      throw new Unreachable(String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      throw new Unreachable("no answer within " + CONNECT_MILLIS / 1000 + " s");
    } catch (IOException e) {
      throw new Unreachable(e.toString());
    }
    return exchange(connection, method, body);
  }

  private static String exchange(HttpURLConnection connection, String method, @Nullable String body)
      throws Unreachable {
    try {
      if (body != null) {
        connection.getOutputStream().write(body.getBytes(UTF_8));
      }
      int status = connection.getResponseCode();
      String answer = content(connection, status);
      if (status >= 400) {
        throw failure(status, answer);
      }
      return answer;
    } catch (IOException e) {
      if (method.equals("GET")) {
        throw new Unreachable("the connection broke: " + e.getMessage());
      }
      throw new Failure(
          ExitCode.UNKNOWN,
          "the connection broke after the request was sent ("
              + e.getMessage()
              + "): whether it was done is not known; look at `gemel status` and `gemel run show`");
    }
  }

  private HttpURLConnection open(String url, String method, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create(url.replaceAll("/+$", "") + "/api/v1" + path).toURL().openConnection();
    if (connection instanceof HttpsURLConnection secure && trust != null) {
      secure.setSSLSocketFactory(trust);
    }
    connection.setRequestMethod(method);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Accept", "application/json");
    if (token != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    return connection;
  }

  private static String content(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      return in == null ? "" : new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Failure failure(int status, String answer) {
    String reason = "";
    String message = "the control point answered " + status + " " + answer;
    try {
      JsonNode body = Output.JSON.readTree(answer);
      reason = body.path("reason").asString("");
      message = body.path("message").asString(message);
    } catch (JacksonException notOurs) {
      // Something else answers at this address; its own words are the best there is.
      message += " (is that a control point of Gemel?)";
    }
    ExitCode code =
        switch (reason) {
          case "USAGE", "UNKNOWN_NAME" -> ExitCode.USAGE;
          case "NOT_READY" -> ExitCode.NOT_READY;
          case "UNSAFE" -> ExitCode.UNSAFE;
          case "NOT_ALLOWED" -> ExitCode.NOT_ALLOWED;
          case "UNAVAILABLE" -> ExitCode.UNREACHABLE;
          default -> status == 401 || status == 403 ? ExitCode.NOT_ALLOWED : ExitCode.UNKNOWN;
        };
    return new Failure(code, message);
  }

  private static SSLSocketFactory trust(Path ca) {
    try (InputStream in = Files.newInputStream(ca)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new Failure(
          ExitCode.USAGE, "found no usable certificate in " + ca + " (" + e + "): check `ca`");
    }
  }
}
