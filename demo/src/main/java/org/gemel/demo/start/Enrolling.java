package org.gemel.demo.start;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gemel.agent.Enrolment;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.configuration.ControlAddress;
import org.gemel.cli.client.ControlClient;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.gemel.demo.facility.Device;
import org.gemel.demo.facility.Facility;
import org.gemel.wire.JoinToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the pair and its devices known to the control point, and lets each device join, as an
 * administrator would by hand. What is there already is left as it is, so that an interrupted first
 * start goes on.
 */
final class Enrolling {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Facility facility;
  private final AgentFiles files;
  private final ControlClient client;

  Enrolling(Facility facility, AgentFiles files, ControlClient client) {
    this.facility = facility;
    this.files = files;
    this.client = client;
  }

  void enrol() throws IOException {
    if (JSON.readTree(client.get("/api/v1/pairs")).isEmpty()) {
      Map<String, String> pair = new LinkedHashMap<>();
      pair.put("name", "newsroom");
      pair.put("main", "storage-x");
      pair.put("backup", "storage-y");
      client.post("/api/v1/pairs", pair);
    }
    Set<String> known = new HashSet<>();
    for (JsonNode device : JSON.readTree(client.get("/api/v1/devices"))) {
      known.add(device.get("name").asString());
    }
    for (Device device : Device.all()) {
      if (!known.contains(device.name())) {
        client.post("/api/v1/devices", document(device));
      }
      if (!Files.exists(AgentConfiguration.identityFile(files.identity(device)))) {
        join(device);
      }
    }
  }

  private void join(Device device) throws IOException {
    JsonNode token =
        JSON.readTree(client.post("/api/v1/join-tokens", Map.of("device", device.name())));
    Enrolment.join(
        new ControlAddress("127.0.0.1", facility.port("agents")),
        JoinToken.parse(token.get("token").asString()),
        files.identity(device));
  }

  private static Map<String, Object> document(Device device) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", device.name());
    document.put(
        "attachment",
        device.dedicated().isPresent() ? Attachment.DEDICATED : Attachment.SWITCHABLE);
    document.put("components", new ArrayList<>(List.of(component(device.kind()))));
    document.put("side", device.dedicated().map(Side::name).orElse(null));
    return document;
  }

  private static Component component(Device.Kind kind) {
    return switch (kind) {
      case NAS_HEAD -> Component.NAS_HEAD;
      case DATABASE_HOST -> Component.DATABASE_SERVER;
      case BROWSE_SERVER -> Component.BROWSE_SERVER;
      case EDITOR -> Component.EDITOR;
      case INGEST -> Component.INGEST_CLIENT;
      case ENCODER -> Component.ENCODER;
    };
  }
}
