package org.gemel.demo.facility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.gemel.core.Side;
import org.gemel.demo.workload.BrowseConfig;
import org.gemel.demo.workload.DatabaseAccess;
import org.gemel.demo.workload.WorkloadConfig;

/**
 * Lays out the homes of the devices. What may have changed since the last start (ports) is written
 * anew; what a switch decides (where the mount leads, which variant is active) is kept.
 */
final class DeviceHomes {
  private static final Duration EDITOR_PACE = Duration.ofMillis(150);
  private static final Duration INGEST_PACE = Duration.ofSeconds(3);
  private static final Duration ENCODER_PACE = Duration.ofSeconds(1);

  private final Facility facility;

  DeviceHomes(Facility facility) {
    this.facility = facility;
  }

  void layOut() throws IOException {
    for (Device device : Device.all()) {
      Path home = facility.home(device);
      Files.createDirectories(home.resolve("config"));
      mount(device, home.resolve("V"));
      switch (device.kind()) {
        case EDITOR -> workload(device, EDITOR_PACE);
        case INGEST -> workload(device, INGEST_PACE);
        case ENCODER -> workload(device, ENCODER_PACE);
        case BROWSE_SERVER -> browse(device);
        case NAS_HEAD, DATABASE_HOST -> {
          // They have engines, not workloads.
        }
      }
    }
  }

  private void mount(Device device, Path link) throws IOException {
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Side side = device.dedicated().orElse(Side.X);
    // As the device's agent makes it, which knows a side by exactly this.
    Files.createSymbolicLink(link, facility.volume(side));
  }

  private void workload(Device device, Duration pace) throws IOException {
    Map<Side, DatabaseAccess> databases = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      databases.put(side, facility.application(side));
    }
    WorkloadConfig config =
        new WorkloadConfig(
            device.name(),
            facility.home(device).resolve("V"),
            facility.journal(device),
            facility.pause(),
            pace,
            databases);
    FacilityState.OwnersFile.write(facility.workload(device), config.render());
  }

  private void browse(Device device) throws IOException {
    for (String service : facility.browseServices()) {
      Path folder = facility.browseConfigs(device, service);
      Files.createDirectories(folder);
      Path active = folder.resolve("service.config");
      Side activeSide = Files.exists(active) ? BrowseConfig.read(active).side() : Side.X;
      for (Side side : Side.values()) {
        BrowseConfig variant =
            new BrowseConfig(
                service,
                side,
                facility.port(service),
                facility.application(side),
                facility.volume(side).resolve("Media"));
        FacilityState.OwnersFile.write(
            folder.resolve("service." + side + ".config"), variant.render());
        if (side == activeSide) {
          FacilityState.OwnersFile.write(active, variant.render());
        }
      }
    }
  }
}
