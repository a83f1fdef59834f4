package org.gemel.control.web;

import java.util.List;
import org.gemel.control.api.AuditEntry;
import org.gemel.control.api.DeviceStatus;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.Principal;
import org.gemel.control.api.RunView;
import org.gemel.control.api.RunView.StepView;
import org.gemel.control.api.SideStatus;
import org.gemel.core.Attachment;
import org.gemel.core.PairMode;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** All that the page shows to one person at one moment. Public for the templates. */
public record Screen(
    PairStatus status, List<RunView> runs, List<AuditEntry> audit, Principal who, Words words) {

  public boolean acts() {
    return who.administrator();
  }

  public SideStatus side(Side side) {
    return side == Side.X ? status.x() : status.y();
  }

  /** Those on that side, or on none. */
  public List<DeviceStatus> devices(@Nullable Side side) {
    return status.devices().stream().filter(d -> d.side() == side).toList();
  }

  public boolean canMove(DeviceStatus device) {
    return device.attachment() == Attachment.SWITCHABLE;
  }

  public boolean isMain(Side side) {
    return side(side).database().role() == Role.MAIN;
  }

  public boolean canStartReplication(Side side) {
    return isMain(side) && status.mode() == PairMode.MIRRORED && !replicationRuns();
  }

  public boolean replicationRuns() {
    return status.replication().state().equals("running")
        || status.replication().state().equals("copying");
  }

  /** The side where the folder mirror would run. */
  public @Nullable Side onlyMain() {
    boolean x = isMain(Side.X);
    boolean y = isMain(Side.Y);
    return status.mode() == null || x == y ? null : x ? Side.X : Side.Y;
  }

  public String mode() {
    PairMode mode = status.mode();
    return mode == null ? "unknown" : Words.css(mode);
  }

  /** The run on show: the one under way, else the newest. */
  public @Nullable RunView run() {
    RunView current = status.currentRun();
    return current != null || runs.isEmpty() ? current : runs.getFirst();
  }

  public List<RunView> otherRuns() {
    RunView shown = run();
    return runs.stream().filter(r -> shown == null || !r.id().equals(shown.id())).limit(5).toList();
  }

  public List<Offer> offers(RunView run, StepView step) {
    return acts() ? Offer.of(run, step) : List.of();
  }

  public boolean next(RunView run, StepView step) {
    return !run.state().ended() && Offer.next(run, step);
  }

  public long settled(RunView run) {
    return run.steps().stream().filter(s -> s.state().settled()).count();
  }
}
