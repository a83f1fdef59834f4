package org.gemel.control.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gemel.control.api.BrowseStatus;
import org.gemel.control.api.DatabaseStatus;
import org.gemel.control.api.DeviceStatus;
import org.gemel.control.api.FolderHistory;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.ReplicationStatus;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.RunView.StepView;
import org.gemel.control.api.SideStatus;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.StepState;
import org.gemel.control.api.WorkflowView;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.PairMode;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** Moments of a facility. */
public final class Scenes {
  public static final Instant NOW = Instant.parse("2026-03-14T03:12:40Z");

  public static final WorkflowView SWITCH_X_TO_Y =
      new WorkflowView(
          "switch-x-to-y",
          "Switch from X to Y",
          "Y becomes main, X its backup; all devices and services move to Y.",
          List.of(
              step("01-stop-replication", "Stop database replication on X.", StepKind.SYSTEM),
              step("02-x-backup", "Set the database of X backup.", StepKind.SYSTEM),
              step("03-stop-browse", "Stop the browse services.", StepKind.SYSTEM),
              step("04-point-browse", "Point the browse services at Y.", StepKind.SYSTEM),
              step("05-stop-folders", "Stop the folder mirror on nas-x.", StepKind.SYSTEM),
              step("06-y-main", "Set the database of Y main.", StepKind.SYSTEM),
              step("07-switch-devices", "Switch all devices to Y.", StepKind.SYSTEM),
              step("08-check-projects", "Check that projects open on Y.", StepKind.MANUAL),
              step("09-start-browse", "Start the browse services.", StepKind.SYSTEM),
              step("10-verify", "Verify record, edit and browse on Y.", StepKind.MANUAL),
              step("11-confirm", "Confirm that X may be overwritten.", StepKind.CONFIRMATION),
              step("12-start-replication", "Start replication from Y.", StepKind.SYSTEM),
              step("13-start-folders", "Start the folder mirror on nas-y.", StepKind.SYSTEM)));

  public static final WorkflowView SPLIT =
      new WorkflowView(
          "split-x",
          "Split, X stays main",
          "Both sides become main and go their own ways; nothing is mirrored.",
          List.of(
              step("01-stop-replication", "Stop database replication on X.", StepKind.SYSTEM),
              step("02-y-main", "Set the database of Y main.", StepKind.SYSTEM)));

  private Scenes() {}

  /** X is main, Y follows. */
  public static PairStatus normal() {
    return status(
        PairMode.MIRRORED,
        "X is main, Y follows it.",
        side(Side.X, Role.MAIN, "main"),
        side(Side.Y, Role.BACKUP, "backup"),
        new ReplicationStatus(Lamp.GREEN, "running", Side.X, "Y has confirmed all but 1.2 KiB"),
        folders(Side.X),
        browse(Side.X, Lamp.GREEN),
        devices(Side.X),
        null,
        List.of());
  }

  /** A switch to Y that stopped to be confirmed. */
  public static PairStatus atThePointOfNoReturn() {
    RunView run = begun("r-0042", SWITCH_X_TO_Y, true, "maria", NOW.minusSeconds(190));
    for (StepView step : run.steps().subList(0, 10)) {
      boolean manual = step.kind() == StepKind.MANUAL;
      run =
          withStep(
              run,
              step.key(),
              s ->
                  settle(
                      s,
                      StepState.DONE,
                      manual ? "maria" : "gemel",
                      manual ? "" : "Proven: " + words(s.key()),
                      NOW.minusSeconds(100)));
    }
    run =
        withState(
            run,
            RunState.WAITING,
            "Waits since 03:11:00 for somebody to confirm that X may be overwritten.",
            null);
    return status(
        PairMode.MIRRORED,
        "Y is main; X is backup and does not follow yet.",
        side(Side.X, Role.BACKUP, "backup, not following"),
        side(Side.Y, Role.MAIN, "main"),
        new ReplicationStatus(Lamp.GREY, "stopped", null, "stopped by the switch at 03:09:40"),
        folders(null),
        browse(Side.Y, Lamp.GREEN),
        devices(Side.Y),
        run,
        List.of(
            "The run waits since 03:11:00 for a confirmation; typing X at the point of no return"
                + " ends that."));
  }

  /** A switch in which an editor and a service failed. */
  public static PairStatus failures() {
    RunView run = begun("r-0042", SWITCH_X_TO_Y, true, "maria", NOW.minusSeconds(60));
    for (StepView step : run.steps().subList(0, 6)) {
      run =
          withStep(
              run,
              step.key(),
              s -> settle(s, StepState.DONE, "gemel", words(s.key()), NOW.minusSeconds(30)));
    }
    run =
        withStep(
            run,
            "07-switch-devices",
            s ->
                settle(
                    s,
                    StepState.FAILED,
                    "gemel",
                    "edit-2: found /run/gemel/edit-2/V still at X, wanted Y: the application holds a"
                        + " file open; close it there, then retry.",
                    NOW.minusSeconds(2)));
    run = withState(run, RunState.FAILED, "Step 7 failed: 1 of 5 devices did not move.", null);
    List<DeviceStatus> devices = new ArrayList<>(devices(Side.Y));
    devices.replaceAll(
        d ->
            d.name().equals("edit-2")
                ? device(
                    "edit-2",
                    Attachment.SWITCHABLE,
                    Component.EDITOR,
                    Side.X,
                    Lamp.RED,
                    "failed: the volume of Y could not be opened (file held open)",
                    1)
                : d.name().equals("enc-1")
                    ? device(
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
        side(Side.X, Role.BACKUP, "backup, not following"),
        side(Side.Y, Role.MAIN, "main"),
        new ReplicationStatus(
            Lamp.RED, "failed", null, "the subscription on X ended: could not connect to Y"),
        folders(null),
        browse(null, Lamp.RED),
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
        side(Side.X, Role.MAIN, "main"),
        side(Side.Y, Role.MAIN, "main"),
        new ReplicationStatus(Lamp.GREY, "stopped", null, "never runs while split"),
        folders(null),
        browse(Side.X, Lamp.GREEN),
        devices(Side.X),
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
                null));
    return status(
        null,
        "X is main; Y is not responding since 03:12:07, so its role is unknown.",
        side(Side.X, Role.MAIN, "main"),
        y,
        new ReplicationStatus(Lamp.UNKNOWN, "unknown", Side.X, "Y cannot be asked"),
        folders(Side.X),
        browse(Side.X, Lamp.GREEN),
        devices(Side.X),
        null,
        List.of("db-y is not heard since 03:12:07; starting its agent ends that."));
  }

  /** A run whose first step is next. */
  public static RunView begun(
      String id, WorkflowView workflow, boolean automatic, String by, Instant at) {
    List<StepView> steps =
        workflow.steps().stream()
            .map(
                s ->
                    new StepView(
                        s.key(),
                        s.sentence(),
                        s.kind(),
                        s.spec(),
                        StepState.PENDING,
                        0,
                        "",
                        "",
                        null,
                        null,
                        s.kind() == StepKind.CONFIRMATION ? "X" : null,
                        false))
            .toList();
    return new RunView(
        id,
        workflow.name(),
        workflow.title(),
        automatic ? RunState.RUNNING : RunState.WAITING,
        automatic,
        by,
        at,
        null,
        automatic ? "Doing step 1." : "Waits for a person to do step 1.",
        steps);
  }

  /** A single control that succeeded. */
  public static RunView finished(String id, String operation, String by, Instant at) {
    return new RunView(
        id,
        operation,
        operation,
        RunState.FINISHED,
        true,
        by,
        at,
        at,
        "Done and proven.",
        List.of());
  }

  public static RunView withStep(RunView run, String key, UnaryOperator<StepView> change) {
    return new RunView(
        run.id(),
        run.workflow(),
        run.title(),
        run.state(),
        run.automatic(),
        run.startedBy(),
        run.startedAt(),
        run.endedAt(),
        run.words(),
        run.steps().stream().map(s -> s.key().equals(key) ? change.apply(s) : s).toList());
  }

  public static RunView withState(
      RunView run, RunState state, String words, @Nullable Instant endedAt) {
    return new RunView(
        run.id(),
        run.workflow(),
        run.title(),
        state,
        run.automatic(),
        run.startedBy(),
        run.startedAt(),
        endedAt,
        words,
        run.steps());
  }

  public static StepView settle(
      StepView step, StepState state, String by, String words, Instant at) {
    return new StepView(
        step.key(),
        step.sentence(),
        step.kind(),
        step.spec(),
        state,
        step.attempts() + 1,
        words,
        by,
        at.minus(Duration.ofSeconds(3)),
        at,
        step.destroys(),
        state == StepState.DONE && step.kind() == StepKind.SYSTEM);
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

  private static SideStatus side(Side side, Role role, String words) {
    boolean main = role == Role.MAIN;
    Lamp lamp = main ? Lamp.GREEN : Lamp.GREY;
    return new SideStatus(
        side,
        lamp,
        role,
        words,
        new DatabaseStatus(
            side,
            "db-" + side.name().toLowerCase(java.util.Locale.ROOT),
            lamp,
            role,
            main ? "running as replication master" : "running as replication backup",
            main ? "online since 14 Mar 01:02:03" : "backup since 14 Mar 01:02:09, in sync",
            main ? 4812 : 4811,
            main ? 1229 : -1,
            NOW.minusSeconds(7837)));
  }

  private static FolderMirrorStatus folders(@Nullable Side from) {
    boolean running = from != null;
    return new FolderMirrorStatus(
        running ? Lamp.GREEN : Lamp.GREY,
        running,
        from,
        running ? "runs on nas-x; last pass ended equal" : "stopped by the switch",
        null,
        List.of(
            new FolderMirrorStatus.Profile(
                "config",
                "every minute",
                running,
                false,
                running
                    ? new FolderMirrorStatus.Progress(
                        NOW.minusSeconds(2), 19, 45_602, 22_801, 2L, "playout/server.xml")
                    : null,
                NOW.minusSeconds(49),
                NOW.minusSeconds(50),
                running ? NOW.plusSeconds(11) : null,
                null,
                false,
                null,
                50L,
                true,
                38,
                91_204,
                "nothing to do"),
            new FolderMirrorStatus.Profile(
                "projects",
                "every 30 minutes",
                false,
                false,
                null,
                NOW.minusSeconds(1_512),
                null,
                running ? NOW.plusSeconds(288) : null,
                null,
                false,
                null,
                null,
                false,
                1_204,
                3_518_204_211L,
                "14 created, 3 updated, 1 deleted; 2 changed while they were read and come next"
                    + " time")));
  }

  /** What the folder mirror did last. */
  public static List<FolderHistory.Pass> folderPasses() {
    return List.of(
        pass("config", 49, "COMPLETE", "complete: the target equals the source"),
        pass("projects", 1_512, "INCOMPLETE", "2 failed, first cut 7/a.mov: changed while read"),
        pass("config", 109, "COMPLETE", "complete: the target equals the source"));
  }

  private static FolderHistory.Pass pass(
      String profile, int secondsAgo, String outcome, String words) {
    Instant ended = NOW.minusSeconds(secondsAgo);
    return new FolderHistory.Pass(
        profile,
        Side.X,
        ended.minusSeconds(3),
        ended,
        outcome,
        outcome.equals("COMPLETE"),
        38,
        91_204,
        1,
        2,
        0,
        0,
        outcome.equals("COMPLETE") ? 0 : 2,
        4_096,
        words);
  }

  private static BrowseStatus browse(@Nullable Side side, Lamp lamp) {
    String words =
        side == null
            ? "One of two services failed; active on neither side."
            : "Every service runs and points at " + side + ".";
    return new BrowseStatus(
        lamp,
        side,
        words,
        List.of(
            new BrowseStatus.Host(
                "browse-1",
                "browse-gateway",
                Lamp.GREEN,
                "running",
                side == null ? Side.Y : side,
                ""),
            new BrowseStatus.Host(
                "browse-1",
                "proxy-builder",
                lamp,
                lamp == Lamp.RED ? "failed" : "running",
                side,
                lamp == Lamp.RED ? "ended with code 3 at 03:12:31" : "")));
  }

  private static List<DeviceStatus> devices(Side main) {
    List<DeviceStatus> devices = new ArrayList<>();
    for (Side side : Side.values()) {
      String letter = side.name().toLowerCase(java.util.Locale.ROOT);
      devices.add(
          device("db-" + letter, Attachment.DEDICATED, Component.DATABASE_SERVER, side, "running"));
      devices.add(
          device("nas-" + letter, Attachment.DEDICATED, Component.NAS_HEAD, side, "running"));
    }
    for (int i = 1; i <= 3; i++) {
      devices.add(
          device("edit-" + i, Attachment.SWITCHABLE, Component.EDITOR, main, "running, V opens"));
    }
    devices.add(
        device("enc-1", Attachment.SWITCHABLE, Component.ENCODER, main, "running, V opens"));
    devices.add(
        device("browse-1", Attachment.SWITCHABLE, Component.BROWSE_SERVER, main, "running"));
    return devices;
  }

  private static DeviceStatus device(
      String name, Attachment attachment, Component component, Side side, String text) {
    return device(name, attachment, component, side, Lamp.GREEN, text, 0);
  }

  private static DeviceStatus device(
      String name,
      Attachment attachment,
      Component component,
      @Nullable Side side,
      Lamp lamp,
      String text,
      int pending) {
    return new DeviceStatus(
        name,
        attachment,
        List.of(component),
        side,
        lamp != Lamp.UNKNOWN,
        NOW,
        lamp,
        text,
        pending,
        List.of());
  }

  private static WorkflowView.Step step(String key, String sentence, StepKind kind) {
    return new WorkflowView.Step(key, sentence, kind, "M-34");
  }

  private static String words(String key) {
    return switch (key) {
      case "01-stop-replication" -> "replication stopped; Y had confirmed 0/5A3C1F8, as X wrote it";
      case "02-x-backup" -> "X refuses client writes since 03:09:41";
      case "06-y-main" -> "Y accepts client writes since 03:09:44; 2.9 s without a main";
      case "07-switch-devices" -> "5 of 5 devices opened the volume of Y";
      default -> "read again, and it is so";
    };
  }
}
