package org.gemel.control.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.gemel.control.runs.OrderDesk;
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
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.VolumeState;

/** A pair of NAS heads, and what they say and answer. X is main until a test says otherwise. */
public final class FakeNasHeads implements Site, OrderDesk {
  /** Answers a command; may take long. */
  public interface Head {
    Outcome answer(String device, Command command) throws InterruptedException;
  }

  private final Map<Side, FolderMirrorState> mirrors = new EnumMap<>(Side.class);
  private final Map<Side, Role> roles = new EnumMap<>(Side.class);
  private final List<String> silent = new CopyOnWriteArrayList<>();
  private final List<Command> given = new CopyOnWriteArrayList<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile Head head =
      (device, command) -> Outcome.newBuilder().setDone(true).setWords("done").build();
  private long look;

  public FakeNasHeads() {
    for (Side side : Side.values()) {
      mirrors.put(side, FolderMirrorState.getDefaultInstance());
      roles.put(side, side == Side.X ? Role.MAIN : Role.BACKUP);
    }
  }

  /** The mirror of a side says this from now on. */
  public synchronized void says(
      Side side, Function<FolderMirrorState.Builder, FolderMirrorState.Builder> change) {
    mirrors.computeIfPresent(side, (_, before) -> change.apply(before.toBuilder()).build());
  }

  public synchronized void marked(Side side, Role role) {
    roles.put(side, role);
  }

  public void answers(Head answering) {
    head = answering;
  }

  public void fallsSilent(String device) {
    silent.add(device);
  }

  public List<Command> given() {
    return given;
  }

  public List<String> seen() {
    return seen;
  }

  @Override
  public Instant now() {
    return Scenes.NOW;
  }

  @Override
  public List<DeviceDocument> devices() {
    List<DeviceDocument> heads = new ArrayList<>();
    for (Side side : Side.values()) {
      heads.add(
          new DeviceDocument(name(side), Attachment.DEDICATED, List.of(Component.NAS_HEAD), side));
    }
    return heads;
  }

  private static String name(Side side) {
    return side == Side.X ? "nas-x" : "nas-y";
  }

  @Override
  public synchronized Optional<Heard> heard(String device) {
    Side side = device.equals("nas-x") ? Side.X : Side.Y;
    Report report =
        Report.newBuilder()
            .setLook(look)
            .setFolderMirror(mirrors.get(side))
            .setVolume(
                VolumeState.newBuilder()
                    .setSide(WireSides.toWire(side))
                    .setRole(WireSides.toWire(roles.get(side)))
                    .setReachable(true))
            .build();
    return Optional.of(new Heard(report, now(), !silent.contains(device)));
  }

  @Override
  public synchronized long look() {
    return ++look;
  }

  @Override
  public Outcome order(String device, Command command, Duration within)
      throws InterruptedException {
    given.add(command);
    return head.answer(device, command);
  }

  @Override
  public void seen(String device, String command) {
    seen.add(command);
  }

  @Override
  public int pending() {
    return 0;
  }
}
