package org.gemel.agent.work;

import static org.gemel.agent.command.Outcomes.failed;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.gemel.agent.base.Answer;
import org.gemel.agent.command.DevicePart;
import org.gemel.agent.command.FreshReading;
import org.gemel.agent.command.Outcomes;
import org.gemel.agent.command.Stages;
import org.gemel.agent.configuration.MountSection;
import org.gemel.agent.configuration.SideFolder;
import org.gemel.agent.mount.LinkMount;
import org.gemel.agent.mount.Mount;
import org.gemel.agent.mount.VolumePlace;
import org.gemel.agent.service.ServiceSupervisor;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Command.ActionCase;
import org.gemel.wire.protocol.MountState;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;

/**
 * The mount of a device, moved only while none of its work goes on: work ends, the mount is moved
 * and proven, work begins. So nothing of the device writes to a side it has left.
 */
public final class MountPart implements DevicePart {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Mount mount;
  private final ServiceSupervisor services;
  private final FreshReading<MountState> reading;

  public MountPart(MountSection section, ServiceSupervisor services) {
    this(
        new LinkMount(
            section.link(), place(section, Side.X), place(section, Side.Y), services::processes),
        services);
  }

  MountPart(Mount mount, ServiceSupervisor services) {
    this.mount = mount;
    this.services = services;
    this.reading = new FreshReading<>("mount-status", mount::current);
  }

  private static VolumePlace place(MountSection section, Side side) {
    SideFolder place = section.of(side);
    return new VolumePlace(place.folder(), place.volume());
  }

  @Override
  public Set<ActionCase> actions() {
    return EnumSet.of(ActionCase.RELEASE_MOUNT, ActionCase.ATTACH_MOUNT, ActionCase.PROVE_REACH);
  }

  @Override
  public Optional<String> lane(ActionCase action) {
    return action == ActionCase.PROVE_REACH ? Optional.empty() : Optional.of(ServicesPart.LANE);
  }

  @Override
  public Outcome.Builder perform(Command command, Stages stages) {
    return switch (command.getActionCase()) {
      case RELEASE_MOUNT -> Outcomes.of(release(stages));
      case ATTACH_MOUNT ->
          WireSides.fromWire(command.getAttachMount().getSide())
              .map(
                  side -> Outcomes.of(attach(side, command.getAttachMount().getRestarts(), stages)))
              .orElseGet(MountPart::noSide);
      case PROVE_REACH ->
          WireSides.fromWire(command.getProveReach().getSide())
              .map(side -> Outcomes.of(mount.reach(side)))
              .orElseGet(MountPart::noSide);
      default -> throw new IllegalArgumentException("not of the mount: " + command);
    };
  }

  private static Outcome.Builder noSide() {
    return failed("found no side for the mount, wanted X or Y: name it");
  }

  private Answer release(Stages stages) {
    stages.at("stop pending");
    var stopped = services.stopAll();
    if (!stopped.done()) {
      return stopped;
    }
    stages.at("letting go of the volume");
    return mount.release();
  }

  private Answer attach(Side side, int restarts, Stages stages) {
    var before = mount.current();
    if (before.getSide() != WireSides.toWire(side) || !before.getProven()) {
      stages.at("stop pending");
      var stopped = services.stopAll();
      if (!stopped.done()) {
        return stopped;
      }
    }
    stages.at("reconfiguration pending");
    var attached = mount.attach(side);
    if (!attached.done()) {
      return attached;
    }
    stages.at("start pending");
    var started = services.startAll();
    for (int restart = 1; started.done() && restart <= restarts; restart++) {
      stages.at("restart %d of %d".formatted(restart, restarts), (double) restart / (restarts + 1));
      started = services.restartAll(1);
    }
    return started.done()
        ? Answer.done("The device works on %s; %s.".formatted(side, started.words()))
        : started;
  }

  @Override
  public void report(Report.Builder report) throws InterruptedException {
    report.setMount(
        reading
            .read(PATIENCE)
            .orElseGet(
                () ->
                    MountState.newBuilder()
                        .setWords(
                            "found no answer of the volume within "
                                + PATIENCE.toMillis()
                                + " ms, wanted it open: see whether it hangs")
                        .build()));
  }
}
