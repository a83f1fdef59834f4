package org.gemel.control.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.control.api.BrowseStatus;
import org.gemel.control.api.DeviceStatus;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.ReplicationStatus;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.SideStatus;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.core.PairMode;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** Puts the pair at a glance together, from what the devices say and from nothing else. */
public final class StatusAssembler {
  private final DeviceStages stages;
  private final ReplicationDoubt doubt;

  public StatusAssembler(DeviceStages stages, ReplicationDoubt doubt) {
    this.stages = stages;
    this.doubt = doubt;
  }

  /** What is known of commands that devices carry out now. */
  public interface DeviceStages {
    /** A few words on the stage of a running change; empty where there is none. */
    Optional<String> stage(String device);

    /** Commands the device has been given and has not answered. */
    int pending(String device);
  }

  public PairStatus status(
      String pair, Site site, int pendingOperations, @Nullable RunView currentRun) {
    Instant now = site.now();
    Reality reality = new Reality(site, 0);
    SideStatus x = DatabaseStatuses.side(reality, Side.X);
    SideStatus y = DatabaseStatuses.side(reality, Side.Y);
    ReplicationStatus replication = ReplicationStatuses.replication(reality, doubt.words());
    FolderMirrorStatus folders = FolderStatuses.mirror(reality);
    BrowseStatus browse = BrowseStatuses.browse(reality);
    List<DeviceStatus> devices =
        site.devices().stream().map(d -> DeviceStatuses.device(reality, d, stages)).toList();
    PairMode mode = mode(x.role(), y.role());
    return new PairStatus(
        pair,
        now,
        mode,
        sentence(x, y, replication, folders),
        x,
        y,
        replication,
        folders,
        browse,
        devices,
        pendingOperations,
        currentRun,
        waiting(x, y, ReplicationStatuses.notices(reality, replication), devices, currentRun));
  }

  private static @Nullable PairMode mode(@Nullable Role x, @Nullable Role y) {
    if (x == null || y == null) {
      return null;
    }
    return x == Role.MAIN && y == Role.MAIN ? PairMode.SPLIT : PairMode.MIRRORED;
  }

  private static String sentence(
      SideStatus x, SideStatus y, ReplicationStatus replication, FolderMirrorStatus folders) {
    if (x.role() == null || y.role() == null) {
      Side silent = x.role() == null ? Side.X : Side.Y;
      return "It is not known which side is main: database " + silent + " does not answer.";
    }
    if (x.role() == Role.MAIN && y.role() == Role.MAIN) {
      return "The pair is split: X and Y are both main, and nothing is mirrored.";
    }
    if (x.role() == Role.BACKUP && y.role() == Role.BACKUP) {
      return "No side is main: clients can write to neither database.";
    }
    Side main = x.role() == Role.MAIN ? Side.X : Side.Y;
    List<String> follows = new ArrayList<>();
    follows.add(
        replication.state().equals("running")
            ? "its database is replicated to " + main.other()
            : "its database is not replicated (" + replication.state() + ")");
    follows.add(folders.running() ? "its folders are mirrored" : "its folders are not mirrored");
    return main + " is main; " + String.join(", ", follows) + ".";
  }

  private static List<String> waiting(
      SideStatus x,
      SideStatus y,
      List<String> notices,
      List<DeviceStatus> devices,
      @Nullable RunView run) {
    List<String> waiting = new ArrayList<>();
    if (run != null && (run.state() == RunState.WAITING || run.state() == RunState.FAILED)) {
      waiting.add("Run " + run.id() + " (" + run.title() + "): " + run.words());
    }
    for (SideStatus side : List.of(x, y)) {
      if (side.words().contains("held")) {
        waiting.add(
            "Database "
                + side.side()
                + " is held: no client can write to it until a side is set main.");
      }
    }
    waiting.addAll(notices);
    for (DeviceStatus device : devices) {
      if (!device.reachable()) {
        waiting.add("Device " + device.name() + ": " + device.text() + ". Start its agent.");
      }
    }
    return waiting;
  }
}
