package org.gemel.control.status;

import java.util.List;
import java.util.Optional;
import org.gemel.control.api.DeviceStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Reality;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.ServiceState;
import org.jspecify.annotations.Nullable;

/** One device: on which side it provably is, and what it does. */
final class DeviceStatuses {
  private DeviceStatuses() {}

  static DeviceStatus device(
      Reality reality, DeviceDocument device, StatusAssembler.DeviceStages stages) {
    Optional<Heard> heard = reality.site().heard(device.name());
    boolean reachable = reality.site().reachable(device.name());
    Optional<String> stage = stages.stage(device.name());
    int pending = stages.pending(device.name());
    List<ServiceState> services = reality.services(device.name());
    return new DeviceStatus(
        device.name(),
        device.attachment(),
        device.components(),
        side(reality, device, services),
        reachable,
        heard.map(Heard::at).orElse(null),
        lamp(reachable, pending, services, heard),
        text(reachable, heard, stage, services),
        pending,
        services.stream()
            .map(s -> new DeviceStatus.Service(s.getName(), s.getState(), s.getWords()))
            .toList());
  }

  private static @Nullable Side side(
      Reality reality, DeviceDocument device, List<ServiceState> services) {
    if (device.attachment() == Attachment.DEDICATED) {
      return device.side();
    }
    if (device.carries(Component.BROWSE_SERVER)) {
      List<Optional<Side>> sides =
          services.stream().map(s -> WireSides.fromWire(s.getPointsAt())).distinct().toList();
      return sides.size() == 1 ? sides.getFirst().orElse(null) : null;
    }
    return reality.mountedSide(device.name()).orElse(null);
  }

  private static Lamp lamp(
      boolean reachable, int pending, List<ServiceState> services, Optional<Heard> heard) {
    if (!reachable) {
      return heard.isPresent() ? Lamp.RED : Lamp.UNKNOWN;
    }
    if (services.stream().anyMatch(s -> s.getState().equals("FAILED"))) {
      return Lamp.RED;
    }
    boolean changing =
        services.stream()
            .map(s -> BrowseStatuses.lamp(s.getState()))
            .anyMatch(l -> l == Lamp.YELLOW);
    if (pending > 0 || changing) {
      return Lamp.YELLOW;
    }
    boolean stopped = services.stream().anyMatch(s -> s.getState().equals("STOPPED"));
    return stopped ? Lamp.GREY : Lamp.GREEN;
  }

  private static String text(
      boolean reachable,
      Optional<Heard> heard,
      Optional<String> stage,
      List<ServiceState> services) {
    if (!reachable) {
      return heard
          .map(h -> "not responding since " + Times.of(h.at()))
          .orElse("its agent has not been heard yet");
    }
    if (stage.isPresent()) {
      return stage.get();
    }
    Report report = heard.orElseThrow().report();
    if (report.hasMount() && !report.getMount().getWords().isEmpty()) {
      return report.getMount().getWords();
    }
    Optional<ServiceState> failed =
        services.stream().filter(s -> s.getState().equals("FAILED")).findFirst();
    if (failed.isPresent()) {
      return failed.get().getName() + " failed: " + failed.get().getWords();
    }
    if (!report.getKept().getWords().isEmpty()) {
      return "not all configuration is kept: " + report.getKept().getWords();
    }
    if (services.isEmpty()) {
      return "ready";
    }
    long running = services.stream().filter(s -> s.getState().equals("RUNNING")).count();
    return running == services.size()
        ? "running"
        : running + " of " + services.size() + " services running";
  }
}
