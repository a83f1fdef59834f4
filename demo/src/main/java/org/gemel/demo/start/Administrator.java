package org.gemel.demo.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.cli.client.ClientSettings;
import org.gemel.cli.client.ControlClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo's own way into its control point: at the first start with the password that the control
 * point left, afterwards with the token in {@code client.yaml}, which is also there for {@code
 * gemel --config}.
 */
final class Administrator {
  static final String NAME = "admin";

  private final Path clientFile;
  private final Path initialPassword;
  private final String url;

  /**
   * @param facility the facility's folder
   * @param stateFolder the control point's
   */
  Administrator(Path facility, Path stateFolder, String url) {
    this.clientFile = facility.resolve("client.yaml");
    this.initialPassword = stateFolder.resolve("initial-password");
    this.url = url;
  }

  /** The password, if it has not been shown yet. */
  Optional<String> unshownPassword() throws IOException {
    return Files.exists(initialPassword)
        ? Optional.of(Files.readString(initialPassword).strip())
        : Optional.empty();
  }

  /** After it was shown: it is nowhere any more but with the person. */
  void passwordWasShown() throws IOException {
    Files.deleteIfExists(initialPassword);
  }

  ControlClient logIn() throws IOException {
    ClientSettings nobody = new ClientSettings(List.of(url), null, null);
    if (!Files.exists(clientFile)) {
      String password =
          unshownPassword()
              .orElseThrow(
                  () ->
                      new IOException(
                          "found neither "
                              + clientFile
                              + " nor the first password, wanted one of them: start anew with --fresh"));
      Map<String, String> logIn = new LinkedHashMap<>();
      logIn.put("name", NAME);
      logIn.put("password", password);
      logIn.put("purpose", "the demo");
      String answer = new ControlClient(nobody).post("/api/v1/login", logIn);
      String token = JsonMapper.shared().readTree(answer).get("token").asString();
      new ClientSettings(List.of(url), null, token).write(clientFile);
    } else {
      // The port may be another than last time; the token stays.
      ClientSettings before = ClientSettings.read(clientFile);
      new ClientSettings(List.of(url), before.ca(), before.token()).write(clientFile);
    }
    return new ControlClient(ClientSettings.read(clientFile));
  }
}
