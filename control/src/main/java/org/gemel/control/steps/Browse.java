package org.gemel.control.steps;

import static org.gemel.control.steps.Orders.SHORT;
import static org.gemel.control.steps.Orders.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.core.Component;
import org.gemel.core.Finding;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.SelectVariant;
import org.gemel.wire.protocol.ServiceState;
import org.gemel.wire.protocol.StartService;
import org.gemel.wire.protocol.StopService;

/**
 * The three things that are done to browse services: stop them, point them at a side (only while
 * they are stopped; nothing takes effect before the start), start them. Each takes every service of
 * the named hosts, or of all browse servers where none is named.
 */
sealed interface Browse extends Step {
  String NONE = "This pair has no browse services.";

  List<String> hosts();

  /** What to order of one service. */
  Command.Builder order(String service);

  /** Whether a service is as this step wants it. */
  boolean holds(ServiceState service);

  String wanted();

  /** Stops browse services. */
  record Stop(List<String> hosts) implements Browse {
    @Override
    public String sentence() {
      return "Stop browse services" + on(hosts);
    }

    @Override
    public Command.Builder order(String service) {
      return command().setStopService(StopService.newBuilder().setService(service));
    }

    @Override
    public boolean holds(ServiceState service) {
      return service.getState().equals("STOPPED");
    }

    @Override
    public String wanted() {
      return "stopped";
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.of(Specs.of("start-browse", "devices", String.join(",", hosts)));
    }
  }

  /** Points browse services at a side. */
  record Point(List<String> hosts, Side side) implements Browse {
    @Override
    public String sentence() {
      return "Point browse services%s at %s; they are not started yet".formatted(on(hosts), side);
    }

    @Override
    public List<Finding> check(Reality reality) {
      List<Finding> findings = new ArrayList<>(Browse.super.check(reality));
      for (DeviceDocument host : chosen(reality.site())) {
        reality.services(host.name()).stream()
            .filter(s -> !s.getState().equals("STOPPED") && !holds(s))
            .map(
                s ->
                    Finding.blocker(
                        "service " + s.getName() + " on " + host.name() + " " + s.getState(),
                        "stopped",
                        "stop it first, with `gemel browse stop`"))
            .forEach(findings::add);
      }
      return findings;
    }

    @Override
    public Command.Builder order(String service) {
      return command()
          .setSelectVariant(
              SelectVariant.newBuilder().setService(service).setSide(WireSides.toWire(side)));
    }

    @Override
    public boolean holds(ServiceState service) {
      return service.getPointsAt() == WireSides.toWire(side);
    }

    @Override
    public String wanted() {
      return "pointing at " + side;
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.of(
          Specs.of(
              "point-browse", "devices", String.join(",", hosts), "side", side.other().name()));
    }
  }

  /** Starts browse services; where a side is named, they must point at it. */
  record Start(List<String> hosts, Optional<Side> side) implements Browse {
    @Override
    public String sentence() {
      return "Start browse services%s%s".formatted(on(hosts), side.map(s -> " on " + s).orElse(""));
    }

    @Override
    public Command.Builder order(String service) {
      return command().setStartService(StartService.newBuilder().setService(service));
    }

    @Override
    public boolean holds(ServiceState service) {
      return service.getState().equals("RUNNING")
          && side.map(s -> service.getPointsAt() == WireSides.toWire(s)).orElse(true);
    }

    @Override
    public String wanted() {
      return "running" + side.map(s -> " and pointing at " + s).orElse("");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.of(Specs.of("stop-browse", "devices", String.join(",", hosts)));
    }
  }

  @Override
  default Optional<String> nothingToDo(Site site) {
    return hosts().isEmpty() && chosen(site).isEmpty() ? Optional.of(NONE) : Optional.empty();
  }

  @Override
  default boolean takesRoleEpoch() {
    return false;
  }

  @Override
  default List<Finding> check(Reality reality) {
    return Blocks.unlessReachable(reality, chosen(reality.site()));
  }

  @Override
  default String perform(StepWork work) throws StepFailure, InterruptedException {
    List<String> hosts = chosen(work.site()).stream().map(DeviceDocument::name).toList();
    Reality reality = work.reality(hosts);
    List<String> services = work.once("services", () -> named(reality, s -> true));
    List<StepWork.Order> orders =
        services.stream()
            .map(s -> s.split("/", 2))
            .map(s -> new StepWork.Order(s[0], order(s[1])))
            .toList();
    work.orderAll(orders, SHORT);
    return services.isEmpty()
        ? NONE
        : "Services " + String.join(", ", services) + ": " + wanted() + ".";
  }

  @Override
  default Proof verify(Reality reality) {
    for (DeviceDocument host : chosen(reality.site())) {
      if (reality.report(host.name()).isEmpty()) {
        return Proof.missing("Device " + host.name() + " has not answered yet.");
      }
    }
    List<String> not = named(reality, s -> !holds(s));
    return Proof.of(
        not.isEmpty(),
        "Every browse service is " + wanted() + ".",
        "Not yet " + wanted() + ": " + String.join(", ", not) + ".");
  }

  private List<String> named(Reality reality, Predicate<ServiceState> which) {
    return chosen(reality.site()).stream()
        .flatMap(
            d ->
                reality.services(d.name()).stream()
                    .filter(which)
                    .map(s -> d.name() + "/" + s.getName()))
        .toList();
  }

  /** The hosts it concerns. */
  default List<DeviceDocument> chosen(Site site) {
    return site.carrying(Component.BROWSE_SERVER).stream()
        .filter(d -> hosts().isEmpty() || hosts().contains(d.name()))
        .toList();
  }

  private static String on(List<String> hosts) {
    return hosts.isEmpty() ? "" : " of " + String.join(", ", hosts);
  }
}
