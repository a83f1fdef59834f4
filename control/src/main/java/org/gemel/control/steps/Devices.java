package org.gemel.control.steps;

import static org.gemel.control.steps.Orders.SHORT;
import static org.gemel.control.steps.Orders.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.AttachMount;
import org.gemel.wire.protocol.MountState;
import org.gemel.wire.protocol.ProveReach;
import org.gemel.wire.protocol.ReleaseMount;
import org.gemel.wire.protocol.Restart;

/** The steps that move devices between the sides. */
final class Devices {
  private static final Duration MOVE = Duration.ofMinutes(5);

  private Devices() {}

  /** Ends the work of every device that uses a side, so that its last file is written. */
  record Release(Side from) implements Step {
    @Override
    public String sentence() {
      return "Take every device off " + from + ": its work ends, it lets go of the volume";
    }

    @Override
    public List<Finding> check(Reality reality) {
      return Blocks.unlessReachable(reality, movable(reality, List.of()));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      Reality reality = work.reality(movable(work.site(), List.of()));
      List<String> devices = work.once("devices", () -> notOn(reality, from.other(), List.of()));
      work.says("stop pending: " + String.join(", ", devices));
      work.orderAll(
          devices.stream()
              .map(
                  d ->
                      new StepWork.Order(
                          d, command().setReleaseMount(ReleaseMount.getDefaultInstance())))
              .toList(),
          MOVE);
      return devices.isEmpty()
          ? "No device used " + from + "."
          : "Let go of " + from + ": " + String.join(", ", devices) + ".";
    }

    @Override
    public Proof verify(Reality reality) {
      return forEach(
          reality,
          movable(reality, List.of()),
          d -> Users.provablyOff(reality, d, from),
          "No device uses " + from + ".",
          "Still on " + from + ": ");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.of(Specs.of("move-devices", "to", from.name()));
    }
  }

  /**
   * Moves devices to a side; all that can move where none is named. A device counts as moved once
   * it proves that it can open that side's volume.
   */
  record Move(Side to, List<String> names) implements Step {
    @Override
    public String sentence() {
      return "Switch %s to %s; each restarts as its role needs it"
          .formatted(names.isEmpty() ? "every device" : String.join(", ", names), to);
    }

    @Override
    public List<Finding> check(Reality reality) {
      List<Finding> findings =
          new ArrayList<>(Blocks.unlessReachable(reality, movable(reality, names)));
      for (String name : names) {
        if (movable(reality, List.of(name)).isEmpty()) {
          findings.add(
              Finding.blocker(
                  "device " + name + ", which cannot change sides",
                  "a switchable device",
                  "see `gemel device list`"));
        }
      }
      Optional<Role> role = reality.volumeRole(to);
      if (role.isEmpty()) {
        Blocks.unlessNasHeadAnswers(reality, to).ifPresent(findings::add);
      } else if (role.get() != Role.MAIN) {
        findings.add(
            Finding.blocker(
                "volume " + to + " as backup",
                "a main volume, for what a device writes to a backup is overwritten",
                "switch or split the pair"));
      }
      return findings;
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      Reality reality = work.reality(movable(work.site(), names));
      List<String> devices = work.once("devices", () -> notOn(reality, to, names));
      work.says("reconfiguration pending: " + String.join(", ", devices));
      work.orderAll(
          devices.stream()
              .map(
                  d ->
                      new StepWork.Order(
                          d,
                          command()
                              .setProveReach(
                                  ProveReach.newBuilder().setSide(WireSides.toWire(to)))))
              .toList(),
          MOVE);
      work.orderAll(
          devices.stream()
              .map(
                  d ->
                      new StepWork.Order(
                          d, command().setReleaseMount(ReleaseMount.getDefaultInstance())))
              .toList(),
          MOVE);
      work.orderAll(
          devices.stream()
              .map(
                  d ->
                      new StepWork.Order(
                          d,
                          command()
                              .setAttachMount(
                                  AttachMount.newBuilder()
                                      .setSide(WireSides.toWire(to))
                                      .setRestarts(restarts(work, d)))))
              .toList(),
          MOVE);
      return devices.isEmpty()
          ? "Every device was on " + to + " already."
          : "Moved to " + to + ": " + String.join(", ", devices) + ".";
    }

    @Override
    public Proof verify(Reality reality) {
      return forEach(
          reality,
          movable(reality, names),
          d -> reality.mountedSide(d).filter(s -> s == to).isPresent() && works(reality, d),
          "Every device has opened volume " + to + " and works.",
          "Not yet on " + to + ", or not yet working: ");
    }

    @Override
    public Optional<StepSpec> inverse() {
      // Taken off, not moved back: the other volume is no main any more until it is handed back.
      return names.isEmpty()
          ? Optional.of(Specs.of("release-devices", "from", to.name()))
          : Optional.of(
              Specs.of(
                  "move-devices", "to", to.other().name(), "devices", String.join(",", names)));
    }
  }

  /** Restarts one device, whatever it does. */
  record Reboot(String name) implements Step {
    @Override
    public String sentence() {
      return "Restart device " + name;
    }

    @Override
    public List<Finding> check(Reality reality) {
      return reality.site().reachable(name)
          ? List.of()
          : List.of(
              Finding.unknown(
                  "no answer from device " + name, "its agent's report", "start its agent"));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      work.order(name, command().setRestart(Restart.newBuilder().setTimes(1)), SHORT);
      return "Device " + name + " restarted.";
    }

    @Override
    public Proof verify(Reality reality) {
      return Proof.of(
          reality.report(name).isPresent()
              && reality.services(name).stream().allMatch(s -> s.getState().equals("RUNNING")),
          "Every service of " + name + " runs.",
          "Not every service of " + name + " runs yet.");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.empty();
    }
  }

  private static int restarts(StepWork work, String device) {
    return work.site().devices().stream()
        .filter(d -> d.name().equals(device))
        .flatMap(d -> d.components().stream())
        .mapToInt(Component::restartsOnSwitch)
        .max()
        .orElse(0);
  }

  private static List<DeviceDocument> movable(Reality reality, List<String> names) {
    return reality.site().devices().stream()
        .filter(DeviceDocument::movesWithItsMount)
        .filter(d -> names.isEmpty() || names.contains(d.name()))
        .toList();
  }

  private static List<String> movable(Site site, List<String> names) {
    return movable(new Reality(site, 0), names).stream().map(DeviceDocument::name).toList();
  }

  /** Those that do not provably work on a side: a device in doubt is moved, never left out. */
  private static List<String> notOn(Reality reality, Side side, List<String> names) {
    return movable(reality, names).stream()
        .map(DeviceDocument::name)
        .filter(d -> reality.mountedSide(d).filter(s -> s == side).isEmpty() || !works(reality, d))
        .toList();
  }

  private static boolean works(Reality reality, String device) {
    return reality.services(device).stream().allMatch(s -> s.getState().equals("RUNNING"));
  }

  private interface Holds {
    boolean of(String device);
  }

  private static Proof forEach(
      Reality reality, List<DeviceDocument> devices, Holds holds, String proven, String missing) {
    List<String> not =
        devices.stream()
            .map(DeviceDocument::name)
            .filter(d -> reality.report(d).isEmpty() || !holds.of(d))
            .map(
                d ->
                    d
                        + reality
                            .mount(d)
                            .map(MountState::getWords)
                            .filter(w -> !w.isEmpty())
                            .map(w -> " (" + w + ")")
                            .orElse(""))
            .toList();
    return Proof.of(not.isEmpty(), proven, missing + String.join(", ", not) + ".");
  }
}
