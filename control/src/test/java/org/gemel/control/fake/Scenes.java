package org.gemel.control.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gemel.control.api.BrowseStatus;
import org.gemel.control.api.CopyStatus;
import org.gemel.control.api.DatabaseStatus;
import org.gemel.control.api.DeviceStatus;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.ReplicationStatus;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.RunView.StepView;
import org.gemel.control.api.SeenAge;
import org.gemel.control.api.SideStatus;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.StepState;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.PairMode;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** Moments of a facility. */
public final class Scenes {
  public static final Instant NOW = Instant.parse("2026-03-14T03:12:40Z");

  private Scenes() {}

  /** X is main, Y follows. */
  public static PairStatus normal() {
    return status(
        PairMode.MIRRORED,
        "X is main, Y follows it.",
        SceneParts.side(Side.X, Role.MAIN, "main"),
        SceneParts.side(Side.Y, Role.BACKUP, "backup"),
        new ReplicationStatus(
            Lamp.GREEN, "running", Side.X, "Y has confirmed all but 1.2 KiB", 0.4, null),
        SceneParts.folders(Side.X),
        SceneParts.browse(Side.X, Lamp.GREEN),
        SceneParts.devices(Side.X),
        null,
        List.of());
  }

  /** A switch to Y that stopped to be confirmed. */
  public static PairStatus atThePointOfNoReturn() {
    RunView run =
        SceneRuns.begun("r-0042", SceneRuns.SWITCH_X_TO_Y, true, "maria", NOW.minusSeconds(190));
    for (StepView step : run.steps().subList(0, 10)) {
      boolean manual = step.kind() == StepKind.MANUAL;
      run =
          SceneRuns.withStep(
              run,
              step.key(),
              s ->
                  SceneRuns.settle(
                      s,
                      StepState.DONE,
                      manual ? "maria" : "gemel",
                      manual ? "" : "Proven: " + SceneRuns.words(s.key()),
                      NOW.minusSeconds(100)));
    }
    run =
        SceneRuns.withState(
            run,
            RunState.WAITING,
            "Waits since 03:11:00 for somebody to confirm that X may be overwritten.",
            null);
    return status(
        PairMode.MIRRORED,
        "Y is main; X is backup and does not follow yet.",
        SceneParts.side(Side.X, Role.BACKUP, "backup, not following"),
        SceneParts.side(Side.Y, Role.MAIN, "main"),
        new ReplicationStatus(
            Lamp.GREY, "stopped", null, "stopped by the switch at 03:09:40", null, null),
        SceneParts.folders(null),
        SceneParts.browse(Side.Y, Lamp.GREEN),
        SceneParts.devices(Side.Y),
        run,
        List.of(
            "The run waits since 03:11:00 for a confirmation; typing X at the point of no return"
                + " ends that."));
  }

  /** A switch in which an editor and a service failed. */
  public static PairStatus failures() {
    RunView run =
        SceneRuns.begun("r-0042", SceneRuns.SWITCH_X_TO_Y, true, "maria", NOW.minusSeconds(60));
    for (StepView step : run.steps().subList(0, 6)) {
      run =
          SceneRuns.withStep(
              run,
              step.key(),
              s ->
                  SceneRuns.settle(
                      s, StepState.DONE, "gemel", SceneRuns.words(s.key()), NOW.minusSeconds(30)));
    }
    run =
        SceneRuns.withStep(
            run,
            "07-switch-devices",
            s ->
                SceneRuns.settle(
                    s,
                    StepState.FAILED,
                    "gemel",
                    "edit-2: found /run/gemel/edit-2/V still at X, wanted Y: the application holds a"
                        + " file open; close it there, then retry.",
                    NOW.minusSeconds(2)));
    run =
        SceneRuns.withState(
            run, RunState.FAILED, "Step 7 failed: 1 of 5 devices did not move.", null);
    List<DeviceStatus> devices = new ArrayList<>(SceneParts.devices(Side.Y));
    devices.replaceAll(
        d ->
            d.name().equals("edit-2")
                ? SceneParts.device(
                    "edit-2",
                    Attachment.SWITCHABLE,
                    Component.EDITOR,
                    Side.X,
                    Lamp.RED,
                    "failed: the volume of Y could not be opened (file held open)",
                    1)
                : d.name().equals("enc-1")
                    ? SceneParts.device(
                        "enc-1",
                        Attachment.SWITCHABLE,
                        Component.ENCODER,
                        null,
                        Lamp.UNKNOWN,
                        "not responding since 03:12:07",
                        0)
                    : d);
    return status(
        PairMode.MIRRORED,
        "Y is main; X is backup and does not follow. A switch stopped half-way.",
        SceneParts.side(Side.X, Role.BACKUP, "backup, not following"),
        SceneParts.countedBefore(SceneParts.side(Side.Y, Role.MAIN, "main")),
        new ReplicationStatus(
            Lamp.RED,
            "failed",
            null,
            "the subscription on X ended: could not connect to Y",
            null,
            null),
        SceneParts.folders(null),
        SceneParts.browse(null, Lamp.RED),
        devices,
        run,
        List.of(
            "Step 7 waits since 03:12:38 for edit-2; retrying once the file is closed, or skipping"
                + " with a reason, ends that.",
            "enc-1 is not heard since 03:12:07; starting its agent ends that."));
  }

  /** Both sides main. */
  public static PairStatus split() {
    return status(
        PairMode.SPLIT,
        "Split since 02:40:11: X and Y are both main, and nothing is mirrored.",
        SceneParts.side(Side.X, Role.MAIN, "main"),
        SceneParts.side(Side.Y, Role.MAIN, "main"),
        new ReplicationStatus(Lamp.GREY, "stopped", null, "never runs while split", null, null),
        SceneParts.folders(null),
        SceneParts.browse(Side.X, Lamp.GREEN),
        SceneParts.devices(Side.X),
        null,
        List.of());
  }

  /** Y is being overwritten from X. */
  public static PairStatus copying() {
    CopyStatus copy =
        new CopyStatus(
            12,
            6,
            1,
            2,
            3,
            1_234_567,
            5_000_000,
            400 << 20,
            935 << 20,
            52 << 20,
            10,
            4,
            "",
            List.of(
                new CopyStatus.Table(
                    "public.assets",
                    "COPYING",
                    123_456,
                    4_000_000,
                    40 << 20,
                    900 << 20,
                    52 << 20,
                    16)));
    SideStatus y = SceneParts.side(Side.Y, Role.BACKUP, "backup");
    return status(
        PairMode.MIRRORED,
        "X is main; Y is being overwritten.",
        SceneParts.side(Side.X, Role.MAIN, "main"),
        new SideStatus(
            y.side(), y.lamp(), y.role(), y.words(), y.database().with(copy, SeenAge.UNKNOWN)),
        new ReplicationStatus(Lamp.YELLOW, "copying", Side.X, "copying from X to Y", null, null),
        SceneParts.folders(Side.X),
        SceneParts.browse(Side.X, Lamp.GREEN),
        SceneParts.devices(Side.X),
        null,
        List.of());
  }

  /** Y cannot be asked. */
  public static PairStatus unknownSide() {
    SideStatus y =
        new SideStatus(
            Side.Y,
            Lamp.UNKNOWN,
            null,
            "not responding since 03:12:07",
            new DatabaseStatus(
                Side.Y,
                "db-y",
                Lamp.UNKNOWN,
                null,
                "unknown",
                "not responding since 03:12:07",
                -1,
                -1,
                -1,
                -1,
                null));
    return status(
        null,
        "X is main; Y is not responding since 03:12:07, so its role is unknown.",
        SceneParts.side(Side.X, Role.MAIN, "main"),
        y,
        new ReplicationStatus(Lamp.UNKNOWN, "unknown", Side.X, "Y cannot be asked", null, null),
        SceneParts.folders(Side.X),
        SceneParts.browse(Side.X, Lamp.GREEN),
        SceneParts.devices(Side.X),
        null,
        List.of("db-y is not heard since 03:12:07; starting its agent ends that."));
  }

  public static PairStatus withRun(PairStatus status, @Nullable RunView run) {
    return status(
        status.mode(),
        status.words(),
        status.x(),
        status.y(),
        status.replication(),
        status.folderMirror(),
        status.browse(),
        status.devices(),
        run,
        status.waiting());
  }

  private static PairStatus status(
      @Nullable PairMode mode,
      String words,
      SideStatus x,
      SideStatus y,
      ReplicationStatus replication,
      FolderMirrorStatus folders,
      BrowseStatus browse,
      List<DeviceStatus> devices,
      @Nullable RunView run,
      List<String> waiting) {
    int pending = devices.stream().mapToInt(DeviceStatus::pending).sum();
    return new PairStatus(
        "newsroom",
        NOW,
        mode,
        words,
        x,
        y,
        replication,
        folders,
        browse,
        devices,
        pending,
        run,
        waiting);
  }
}
