package org.gemel.control.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Site;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FolderMirrorState;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.MountState;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.ServiceState;
import org.gemel.wire.protocol.VolumeState;
import org.jspecify.annotations.Nullable;

/**
 * A facility in memory whose devices keep their promises: a command is done once, however often it
 * is given. It checks on every act what must never happen, and can end the control point before or
 * after any act.
 */
final class SimulatedFacility implements Site, OrderDesk {
  /** The control point was killed; nothing of it goes on. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final SimulatedDatabases databases = new SimulatedDatabases();
  private final Map<Side, Role> volumes = new EnumMap<>(Side.class);
  private final Map<Side, Long> files = new EnumMap<>(Side.class);
  private final Map<String, @Nullable Side> mounts = new TreeMap<>();
  private final Map<String, String> service = new TreeMap<>();
  private Side browsePointsAt = Side.X;
  private @Nullable Side folderMirrorFrom;
  private final Map<String, Outcome> done = new HashMap<>();
  private final List<String> acts = new ArrayList<>();
  private final List<String> silent = new ArrayList<>();
  private long look;
  private long silentUntilLook;
  private boolean splitAllowed;
  private int killAtAct = -1;
  private boolean killAfter;
  private String refused = "";

  SimulatedFacility() {
    for (Side side : Side.values()) {
      volumes.put(side, side == Side.X ? Role.MAIN : Role.BACKUP);
      files.put(side, 100L);
    }
    folderMirrorFrom = Side.X;
    for (String device : List.of("edit-1", "edit-2", "ingest-1")) {
      mounts.put(device, Side.X);
      service.put(device, "RUNNING");
    }
    service.put("browse-1", "RUNNING");
  }

  /** Ends the control point at the n-th act that is really done, before it or after it. */
  synchronized void killAtAct(int act, boolean after) {
    killAtAct = act;
    killAfter = after;
  }

  synchronized void allowSplit() {
    splitAllowed = true;
  }

  /** A device action, by the name of its message, that fails from now on; empty: none. */
  synchronized void refuse(String action) {
    refused = action;
  }

  /** The database of X has a table without key from now on. */
  synchronized void losesAKey() {
    databases.loseAKey();
  }

  synchronized void differsIn(String table) {
    databases.differsIn(table);
  }

  synchronized void fallsSilent(String device) {
    silent.add(device);
  }

  synchronized List<String> acts() {
    return List.copyOf(acts);
  }

  /** The control point has just started: devices need a while to come back. */
  synchronized void controlPointStarted() {
    silentUntilLook = look + 3;
  }

  private final CountDownLatch killed = new CountDownLatch(1);

  /** What to throw to end the control point here. */
  Killed kill() {
    killed.countDown();
    return new Killed();
  }

  void awaitKilled() {
    try {
      if (!killed.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the control point was never killed; acts: " + acts());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Clients write a row and a file on whichever side lets them. */
  synchronized void clientsWork() {
    databases.clientsWork();
    for (Side side : mounts.values()) {
      if (side != null) {
        files.merge(side, 1L, Long::sum);
      }
    }
  }

  /** Everything an outsider can see, in one text. */
  synchronized String truth() {
    StringBuilder truth = new StringBuilder();
    for (Side side : Side.values()) {
      truth.append("%s %s volume=%s; ".formatted(side, databases.truth(side), volumes.get(side)));
    }
    return truth
        + "mounts="
        + mounts
        + " services="
        + service
        + " browse="
        + browsePointsAt
        + " folders="
        + folderMirrorFrom;
  }

  synchronized long rows(Side side) {
    return databases.rows(side);
  }

  synchronized long files(Side side) {
    return files.get(side);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public List<DeviceDocument> devices() {
    List<DeviceDocument> all = new ArrayList<>();
    for (Side side : Side.values()) {
      String letter = side == Side.X ? "x" : "y";
      all.add(
          new DeviceDocument(
              "db-" + letter, Attachment.DEDICATED, List.of(Component.DATABASE_SERVER), side));
      all.add(
          new DeviceDocument(
              "nas-" + letter, Attachment.DEDICATED, List.of(Component.NAS_HEAD), side));
    }
    all.add(
        new DeviceDocument(
            "browse-1", Attachment.SWITCHABLE, List.of(Component.BROWSE_SERVER), null));
    all.add(new DeviceDocument("edit-1", Attachment.SWITCHABLE, List.of(Component.EDITOR), null));
    all.add(new DeviceDocument("edit-2", Attachment.SWITCHABLE, List.of(Component.EDITOR), null));
    all.add(
        new DeviceDocument(
            "ingest-1", Attachment.SWITCHABLE, List.of(Component.INGEST_CLIENT), null));
    return all;
  }

  @Override
  public synchronized long look() {
    return ++look;
  }

  @Override
  public synchronized Optional<Heard> heard(String device) {
    if (look < silentUntilLook || silent.contains(device)) {
      return Optional.empty();
    }
    Report.Builder report = Report.newBuilder().setLook(look);
    switch (device) {
      case "db-x", "db-y" -> report.setDatabase(databases.state(sideOf(device)));
      case "nas-x", "nas-y" -> {
        Side side = sideOf(device);
        report
            .setFolderMirror(
                FolderMirrorState.newBuilder()
                    .setRunning(folderMirrorFrom == side)
                    .setFrom(WireSides.toWire(side)))
            .setVolume(
                VolumeState.newBuilder()
                    .setSide(WireSides.toWire(side))
                    .setRole(WireSides.toWire(volumes.get(side)))
                    .setReachable(true));
      }
      case "browse-1" ->
          report.addServices(state("browse", device).setPointsAt(WireSides.toWire(browsePointsAt)));
      default -> {
        Side side = mounts.get(device);
        MountState.Builder mount = MountState.newBuilder().setProven(side != null);
        if (side != null) {
          mount.setSide(WireSides.toWire(side));
        }
        report.setMount(mount).addServices(state("work", device));
      }
    }
    return Optional.of(new Heard(report.build(), now(), true));
  }

  private ServiceState.Builder state(String name, String device) {
    return ServiceState.newBuilder().setName(name).setState(service.get(device));
  }

  private static Side sideOf(String device) {
    return device.endsWith("x") ? Side.X : Side.Y;
  }

  @Override
  public synchronized Outcome order(String device, Command command, Duration within) {
    Outcome before = done.get(command.getId());
    if (before != null) {
      return before;
    }
    boolean killNow = acts.size() == killAtAct;
    if (killNow && !killAfter) {
      killAtAct = -1;
      throw kill();
    }
    String dropping = command.getSubscribe().getDrop();
    acts.add(
        device
            + " "
            + command.getActionCase()
            + (dropping.isEmpty() ? "" : " dropping " + dropping));
    Outcome.Builder outcome = Outcome.newBuilder().setCommand(command.getId()).setDone(true);
    if (command.getActionCase().name().equals(refused)) {
      return outcome.setDone(false).setRefused(true).setWords("it was told to fail").build();
    }
    act(device, command, outcome);
    Outcome result = outcome.build();
    if (result.getDone()) {
      done.put(command.getId(), result);
    }
    if (!splitAllowed && databases.bothOpen()) {
      throw new AssertionError("both databases are open after " + acts);
    }
    if (killNow) {
      killAtAct = -1;
      throw kill();
    }
    return result;
  }

  private void act(String device, Command command, Outcome.Builder outcome) {
    Side side = sideOf(device);
    if (databases.act(side, command, outcome)) {
      return;
    }
    switch (command.getActionCase()) {
      case STOP_FOLDER_MIRROR -> folderMirrorFrom = null;
      case START_FOLDER_MIRROR -> folderMirrorFrom = side;
      case RUN_FOLDER_PASS -> {
        must(volumes.get(side) == Role.MAIN, "pass from a backup volume");
        must(volumes.get(side.other()) == Role.BACKUP, "pass onto a main volume");
        files.put(side.other(), files.get(side));
        outcome.setPass(FolderPass.newBuilder().setEqual(true));
      }
      case MARK_VOLUME ->
          volumes.put(side, WireSides.fromWire(command.getMarkVolume().getRole()).orElseThrow());
      case RELEASE_MOUNT -> {
        mounts.put(device, null);
        service.put(device, "STOPPED");
      }
      case ATTACH_MOUNT -> {
        Side to = WireSides.fromWire(command.getAttachMount().getSide()).orElseThrow();
        must(volumes.get(to) == Role.MAIN, "a device moves onto a backup volume");
        mounts.put(device, to);
        service.put(device, "RUNNING");
      }
      case START_SERVICE -> service.put(device, "RUNNING");
      case STOP_SERVICE -> service.put(device, "STOPPED");
      case SELECT_VARIANT -> {
        must(service.get(device).equals("STOPPED"), "a running service is pointed elsewhere");
        browsePointsAt = WireSides.fromWire(command.getSelectVariant().getSide()).orElseThrow();
      }
      default -> outcome.setWords("looked at");
    }
  }

  private static void must(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  @Override
  public void seen(String device, String command) {}

  @Override
  public int pending() {
    return 0;
  }
}
