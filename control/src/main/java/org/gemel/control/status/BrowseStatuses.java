package org.gemel.control.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gemel.control.api.BrowseStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Reality;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.ServiceState;
import org.jspecify.annotations.Nullable;

/** Browse services: active on a side only if every one runs and points at it. */
final class BrowseStatuses {
  private BrowseStatuses() {}

  static BrowseStatus browse(Reality reality) {
    List<BrowseStatus.Host> hosts = new ArrayList<>();
    boolean silent = false;
    for (DeviceDocument host : reality.site().carrying(Component.BROWSE_SERVER)) {
      silent |= reality.report(host.name()).isEmpty();
      for (ServiceState service : reality.services(host.name())) {
        hosts.add(host(host.name(), service));
      }
    }
    if (silent) {
      return new BrowseStatus(
          Lamp.UNKNOWN, null, "unknown: a browse server does not answer", hosts);
    }
    Side active = activeOn(hosts);
    return active != null
        ? new BrowseStatus(Lamp.GREEN, active, "active on " + active, hosts)
        : new BrowseStatus(worst(hosts), null, "not active", hosts);
  }

  private static BrowseStatus.Host host(String device, ServiceState service) {
    return new BrowseStatus.Host(
        device,
        service.getName(),
        lamp(service.getState()),
        service.getState(),
        WireSides.fromWire(service.getPointsAt()).orElse(null),
        service.getWords());
  }

  static Lamp lamp(String state) {
    return switch (state) {
      case "RUNNING" -> Lamp.GREEN;
      case "STARTING", "STOPPING" -> Lamp.YELLOW;
      case "STOPPED" -> Lamp.GREY;
      case "FAILED" -> Lamp.RED;
      default -> Lamp.UNKNOWN;
    };
  }

  private static @Nullable Side activeOn(List<BrowseStatus.Host> hosts) {
    Set<Side> sides =
        hosts.stream()
            .filter(h -> h.pointsAt() != null)
            .map(BrowseStatus.Host::pointsAt)
            .collect(Collectors.toSet());
    boolean all =
        !hosts.isEmpty()
            && hosts.stream().allMatch(h -> h.lamp() == Lamp.GREEN && h.pointsAt() != null);
    return all && sides.size() == 1 ? sides.iterator().next() : null;
  }

  private static Lamp worst(List<BrowseStatus.Host> hosts) {
    for (Lamp lamp : List.of(Lamp.RED, Lamp.UNKNOWN, Lamp.YELLOW)) {
      if (hosts.stream().anyMatch(h -> h.lamp() == lamp)) {
        return lamp;
      }
    }
    return Lamp.GREY;
  }
}
