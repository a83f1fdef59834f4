package org.gemel.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gemel.control.fake.Scenes;
import org.gemel.control.people.UserRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ApiTest {
  private final Site site = new Site(Scenes.atThePointOfNoReturn());
  private final HttpClient client = HttpClient.newHttpClient();
  private final String administrator =
      site.tokens.create(Site.ADMINISTRATOR, UserRole.ADMINISTRATOR, "").token();
  private final String viewer = site.tokens.create(Site.VIEWER, UserRole.VIEWER, "").token();

  @AfterEach
  void close() {
    client.close();
    site.close();
  }

  @Test
  @Tag("M-08")
  void aViewerIsRefusedOnEveryRouteThatChangesTheFacility() throws Exception {
    List<String> open = new ArrayList<>();
    int before = site.control.asked.size();
    for (Route route : site.server.routes()) {
      if (route.method().equals(HandlerType.GET)) {
        continue;
      }
      String path = route.path().replaceAll("\\{[^}]+}", "any");
      int status = send(route.method().name(), path, viewer, "{}").statusCode();
      if (status != 403) {
        open.add(route.method() + " " + route.path() + " answered " + status);
      }
    }
    assertThat(open)
        .as("what is left open to viewers: their own log-in, token and a question")
        .allMatch(
            line ->
                line.matches(
                    "POST (/login|/logout|/api/v1/login|/api/v1/operations/explain|/api/v1/tokens)"
                        + " .*|DELETE /api/v1/tokens/\\{id} answered 404|POST"
                        + " /api/v1/users/\\{name}/password answered 400"));
    assertThat(site.control.asked).hasSize(before);
  }

  @Test
  @Tag("M-08")
  void nothingButHealthLogInAndStyleIsShownWithoutLogIn() throws Exception {
    for (Route route : site.server.routes()) {
      String path = route.path().replaceAll("\\{[^}]+}", "any");
      int status = send(route.method().name(), path, null, "{}").statusCode();
      if (route.access() != Access.ANYBODY) {
        assertThat(status).as(route.method() + " " + path).isIn(401, 302);
      }
    }
    assertThat(get("/api/v1/health", null).body()).isEqualTo("{\"state\":\"up\"}");
  }

  @Test
  void aCookieAloneChangesNothing() throws Exception {
    try (HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
      HttpResponse<String> in =
          browser.send(
              HttpRequest.newBuilder(URI.create(site.url() + "/login"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("name=admin&password=correct+horse"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(in.statusCode()).isEqualTo(302);
      assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
          .contains("HttpOnly")
          .contains("SameSite=Strict");
      HttpResponse<String> refused =
          browser.send(
              HttpRequest.newBuilder(URI.create(site.url() + "/api/v1/runs/r-0042/resume"))
                  .POST(BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("CSRF");
      String page =
          browser
              .send(
                  HttpRequest.newBuilder(URI.create(site.url() + "/")).build(),
                  BodyHandlers.ofString())
              .body();
      String csrf = page.replaceAll("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
      HttpResponse<String> done =
          browser.send(
              HttpRequest.newBuilder(URI.create(site.url() + "/api/v1/runs/r-0042/resume"))
                  .header("X-CSRF-Token", csrf)
                  .POST(BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(site.control.asked).contains("resume r-0042");
    }
  }

  @Test
  void theDatabasesAreLookedOverForAViewerToo() throws Exception {
    assertThat(get("/api/v1/database/check", viewer).body())
        .contains("\"state\":\"BLOCKED\"", "REPLICA IDENTITY FULL", "\"level\":\"WARNING\"");
    assertThat(get("/api/v1/database/check?from=Y", viewer).body()).contains("READY");
    assertThat(get("/api/v1/database/check?from=Z", viewer).statusCode()).isEqualTo(400);
  }

  @Test
  void badJsonIsAnsweredWithWhatWasWanted() throws Exception {
    assertBad("/api/v1/runs", "{\"workflow\":", "wanted a JSON object with the fields workflow");
    assertBad("/api/v1/runs", "{\"workflov\":\"x\"}", "workflov");
    assertBad("/api/v1/runs", "{}", "no field 'workflow'");
    assertBad("/api/v1/operations", "{\"name\":\"x\",\"side\":\"Z\",\"devices\":[]}", "side");
    assertBad("/api/v1/runs", "\"" + "x".repeat(70_000) + "\"", "smaller");
  }

  @Test
  @Tag("M-62")
  void metricsSayWhatTheScreenSays() throws Exception {
    HttpResponse<String> answer = get("/metrics", viewer);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    var status = site.control.status();
    assertThat(answer.body())
        .contains("# TYPE gemel_folder_lag_seconds gauge")
        .contains("gemel_waiting " + (double) status.waiting().size() + "\n")
        .doesNotContain("NaN");
    for (var profile : status.folderMirror().profiles()) {
      String sample = "gemel_folder_equal{profile=\"" + profile.name() + "\"} ";
      assertThat(answer.body()).contains(sample + (profile.equal() ? "1.0" : "0.0"));
      String lag = "gemel_folder_lag_seconds{profile=\"" + profile.name() + "\"}";
      assertThat(answer.body().contains(lag)).isEqualTo(profile.lagSeconds() != null);
    }
  }

  @Test
  void refusalsKeepTheirReason() throws Exception {
    HttpResponse<String> unsafe =
        send(
            "POST",
            "/api/v1/runs/r-0042/steps/11-confirm/confirm",
            administrator,
            "{\"words\":\"Y\"}");
    assertThat(unsafe.statusCode()).isEqualTo(409);
    assertThat(unsafe.body()).contains("\"reason\":\"UNSAFE\"").contains("wanted X");
    assertThat(get("/api/v1/runs/none", administrator).statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/nowhere", administrator).body()).contains("UNKNOWN_NAME");
  }

  @Test
  void everyAnswerForbidsForeignScriptsAndFrames() throws Exception {
    for (String path : List.of("/login", "/api/v1/status", "/static/console.css")) {
      var headers = get(path, administrator).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("script-src 'self';")
          .contains("frame-ancestors 'none'");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void eventsDeliverEachChange() throws Exception {
    HttpResponse<java.io.InputStream> stream =
        client.send(request("/api/v1/events", administrator).build(), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      readUntil(lines, "Y is main; X is backup");
      site.control.show(Scenes.split());
      readUntil(lines, "Split since 02:40:11");
    }
  }

  private static void readUntil(BufferedReader lines, String part) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.contains(part)) {
      line = lines.readLine();
    }
    assertThat(line).contains(part);
  }

  private void assertBad(String path, String body, String part) throws Exception {
    HttpResponse<String> answer = send("POST", path, administrator, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"reason\":\"USAGE\"").contains(part);
  }

  private HttpResponse<String> get(String path, @org.jspecify.annotations.Nullable String token)
      throws Exception {
    return send("GET", path, token, "");
  }

  private HttpResponse<String> send(
      String method, String path, @org.jspecify.annotations.Nullable String token, String body)
      throws Exception {
    return client.send(
        request(path, token).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(
      String path, @org.jspecify.annotations.Nullable String token) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(site.url() + path));
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder;
  }
}
