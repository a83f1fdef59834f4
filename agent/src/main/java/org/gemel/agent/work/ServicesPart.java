package org.gemel.agent.work;

import static org.gemel.agent.command.Outcomes.failed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gemel.agent.base.Answer;
import org.gemel.agent.command.DevicePart;
import org.gemel.agent.command.Outcomes;
import org.gemel.agent.command.Stages;
import org.gemel.agent.configuration.ServiceSection;
import org.gemel.agent.configuration.VariantsSection;
import org.gemel.agent.service.ServiceSettings;
import org.gemel.agent.service.ServiceSupervisor;
import org.gemel.agent.service.ServiceVariants;
import org.gemel.agent.service.UnknownServiceException;
import org.gemel.agent.service.VariantSwitch;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Command.ActionCase;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.SelectVariant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of a device: run, end, restart, and pointed at a side. */
public final class ServicesPart implements DevicePart {
  /** What concerns services or their mount goes one after the other. */
  static final String LANE = "services";

  private static final Logger LOG = LoggerFactory.getLogger(ServicesPart.class);

  private final ServiceSupervisor supervisor;
  private final VariantSwitch variants;
  private final Autostart autostart;
  private final List<String> byThemselves;

  /**
   * Takes up the services as the agent before left them.
   *
   * @param changed is told of every change
   * @throws IOException if what is known of them cannot be read
   */
  public ServicesPart(
      List<ServiceSection> sections, Path stateFolder, InstantSource clock, Runnable changed)
      throws IOException {
    supervisor =
        new ServiceSupervisor(
            stateFolder.resolve("services"),
            sections.stream().map(ServicesPart::settings).toList(),
            clock,
            state -> changed.run());
    variants = new VariantSwitch(supervisor);
    autostart = new Autostart(stateFolder);
    byThemselves =
        sections.stream().filter(ServiceSection::autostart).map(ServiceSection::name).toList();
  }

  private static ServiceSettings settings(ServiceSection section) {
    return new ServiceSettings(
        section.name(),
        section.command(),
        section.directory().orElse(Path.of(".")),
        section.environment(),
        section.log(),
        section.variants().map(ServicesPart::variants),
        section.stopGrace());
  }

  private static ServiceVariants variants(VariantsSection section) {
    return new ServiceVariants(section.active(), section.of(Side.X), section.of(Side.Y));
  }

  /** The services, for the mount, which must not be moved under them. */
  public ServiceSupervisor supervisor() {
    return supervisor;
  }

  /** Starts what this device sees for the first time. */
  public void resume() throws IOException {
    var first = autostart.unseen(byThemselves);
    if (first.isEmpty()) {
      return;
    }
    // Each wish is on disk before it is waited for; nobody waits here.
    Thread.ofPlatform().daemon().name("autostart").start(() -> startFirst(first));
  }

  private void startFirst(List<String> first) {
    for (var name : first) {
      var answer = supervisor.start(name);
      if (!answer.done()) {
        LOG.warn("{}", answer.words());
      }
    }
    try {
      autostart.remember(first);
    } catch (IOException full) {
      LOG.warn("cannot remember that {} were started once: {}", first, full.getMessage());
    }
  }

  /**
   * Lets go of the services, or ends them too.
   *
   * @param stopServices whether they end now; the next agent starts them again
   */
  public void end(boolean stopServices) {
    if (!stopServices) {
      supervisor.close();
      return;
    }
    var answer = supervisor.shutDown();
    if (!answer.done()) {
      LOG.warn("{}", answer.words());
    }
  }

  @Override
  public Set<ActionCase> actions() {
    return EnumSet.of(
        ActionCase.START_SERVICE,
        ActionCase.STOP_SERVICE,
        ActionCase.SELECT_VARIANT,
        ActionCase.RESTART);
  }

  @Override
  public Optional<String> lane(ActionCase action) {
    return Optional.of(LANE);
  }

  @Override
  public Outcome.Builder perform(Command command, Stages stages) {
    try {
      return Outcomes.of(
          switch (command.getActionCase()) {
            case START_SERVICE -> {
              stages.at("start pending");
              yield supervisor.start(command.getStartService().getService());
            }
            case STOP_SERVICE -> {
              stages.at("stop pending");
              yield supervisor.stop(command.getStopService().getService());
            }
            case SELECT_VARIANT -> {
              stages.at("reconfiguration pending");
              yield select(command.getSelectVariant());
            }
            case RESTART -> {
              stages.at("restart pending");
              yield supervisor.restartAll(Math.max(1, command.getRestart().getTimes()));
            }
            default -> throw new IllegalArgumentException("not of the services: " + command);
          });
    } catch (UnknownServiceException unknown) {
      return failed(String.valueOf(unknown.getMessage()));
    }
  }

  private Answer select(SelectVariant order) {
    return WireSides.fromWire(order.getSide())
        .map(side -> variants.select(order.getService(), side))
        .orElseGet(
            () -> Answer.refused("found no side to point the service at, wanted X or Y: name it"));
  }

  @Override
  public void report(Report.Builder report) {
    report.addAllServices(supervisor.states());
  }
}
