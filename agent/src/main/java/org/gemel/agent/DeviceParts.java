package org.gemel.agent;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.gemel.agent.command.DevicePart;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.engine.DatabasePart;
import org.gemel.agent.engine.FolderPart;
import org.gemel.agent.engine.PhysicalPart;
import org.gemel.agent.engine.ServerDatabase;
import org.gemel.agent.kept.KeptPart;
import org.gemel.agent.work.MountPart;
import org.gemel.agent.work.ServicesPart;
import org.gemel.wire.protocol.KeepConfiguration;

/** The parts an agent's file asks for. */
final class DeviceParts {
  private final List<DevicePart> all = new ArrayList<>();
  private final List<FolderPart> folders = new ArrayList<>();
  private final List<DatabasePart> databases = new ArrayList<>();

  private final List<PhysicalPart> servers = new ArrayList<>();

  private final List<KeptPart> kept = new ArrayList<>();

  private final List<ServicesPart> services = new ArrayList<>();
  private final boolean stopServices;

  private DeviceParts(boolean stopServices) {
    this.stopServices = stopServices;
  }

  static DeviceParts of(AgentConfiguration configuration, InstantSource clock, Runnable changed)
      throws IOException {
    var parts = new DeviceParts(configuration.stopServicesOnExit());
    if (!configuration.services().isEmpty() || configuration.mount().isPresent()) {
      var services =
          new ServicesPart(configuration.services(), configuration.state(), clock, changed);
      parts.services.add(services);
      configuration
          .mount()
          .ifPresent(section -> parts.all.add(new MountPart(section, services.supervisor())));
    }
    parts.all.addAll(parts.services);
    configuration
        .database()
        .ifPresent(
            section -> {
              var server = new ServerDatabase(section);
              var database = new DatabasePart(section.side(), server);
              parts.databases.add(database);
              parts.all.add(database);
              var physical = new PhysicalPart(section, server);
              parts.servers.add(physical);
              parts.all.add(physical);
            });
    configuration
        .folderMirror()
        .ifPresent(
            section -> {
              var folder =
                  FolderPart.of(section, configuration.state(), ZoneId.systemDefault(), clock);
              parts.folders.add(folder);
              section
                  .configuration()
                  .ifPresent(name -> parts.kept.add(new KeptPart(folder.topFolder(name), changed)));
            });
    parts.all.addAll(parts.folders);
    parts.all.addAll(parts.kept);
    return parts;
  }

  List<DevicePart> all() {
    return all;
  }

  /** Goes on where the agent before left off. */
  void resume() throws IOException {
    for (var part : services) {
      part.resume();
    }
    folders.forEach(FolderPart::resume);
    kept.forEach(KeptPart::start);
    databases.forEach(DatabasePart::start);
    servers.forEach(PhysicalPart::start);
  }

  /** Said to a device that keeps none, it is void: its next report shows that. */
  void keep(KeepConfiguration configuration) {
    kept.forEach(part -> part.keep(configuration));
  }

  void end() throws InterruptedException {
    for (var part : servers) {
      part.end();
    }
    for (var part : databases) {
      part.end();
    }
    for (var part : kept) {
      part.end();
    }
    services.forEach(part -> part.end(stopServices));
    folders.forEach(FolderPart::end);
  }
}
