package org.gemel.demo.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gemel.demo.facility.Facility;
import org.gemel.demo.supervisor.ChildSpec;
import org.gemel.demo.supervisor.Restart;
import org.gemel.demo.supervisor.Supervisor;

/** The facility's control point, with its keeper inside, as a process of its own. */
final class ControlPointProcess {
  static final String NAME = "control";

  /** More options for its Java machine; tests put crash points there. */
  private static final String OPTIONS = "GEMEL_DEMO_CONTROL_JAVA_OPTIONS";

  private final Facility facility;
  private final Supervisor supervisor;
  private final int phase;

  ControlPointProcess(Facility facility, Supervisor supervisor, int phase) {
    this.facility = facility;
    this.supervisor = supervisor;
    this.phase = phase;
  }

  Path stateFolder() {
    return facility.folder().resolve("control/state");
  }

  String url() {
    return "http://127.0.0.1:" + facility.port("control");
  }

  void start() throws IOException {
    Path file = facility.folder().resolve("control/control.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        state: state
        console: {host: 127.0.0.1, port: %d}
        agents: {host: 127.0.0.1, port: %d}
        names: [localhost, 127.0.0.1]
        keeperPort: %d
        reportInterval: 1s
        """
            .formatted(facility.port("control"), facility.port("agents"), facility.port("keeper")));
    supervisor.start(
        new ChildSpec(
            NAME,
            GemelProcess.command("256m", options(), "control", "--config", file.toString()),
            Map.of(),
            facility.folder(),
            Restart.ALWAYS,
            phase));
  }

  private static List<String> options() {
    String given = System.getenv(OPTIONS);
    return given == null || given.isBlank()
        ? List.of()
        : new ArrayList<>(List.of(given.strip().split("\\s+", -1)));
  }
}
