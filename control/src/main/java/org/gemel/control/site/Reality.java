package org.gemel.control.site;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.gemel.core.Component;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.DatabaseState;
import org.gemel.wire.protocol.FolderMirrorState;
import org.gemel.wire.protocol.MountState;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.ServiceState;
import org.gemel.wire.protocol.VolumeState;

/**
 * What the devices say they see now: only reports of reachable devices that were read together
 * after a given look. What nobody says freshly is empty, and nothing empty ever proves anything.
 */
public final class Reality {
  private final Site site;
  private final LongSupplier look;

  /**
   * @param look the look that reports must answer; 0 takes every report of a reachable device
   */
  public Reality(Site site, long look) {
    this(site, () -> look);
  }

  /**
   * @param look gives the look that reports must answer, always the same; asked only when a report
   *     is wanted, so that who wants none makes nobody look
   */
  public Reality(Site site, LongSupplier look) {
    this.site = site;
    this.look = look;
  }

  public Site site() {
    return site;
  }

  public Optional<Report> report(String device) {
    long wanted = look.getAsLong();
    return site.reachable(device)
        ? site.heard(device).map(Heard::report).filter(r -> r.getLook() >= wanted)
        : Optional.empty();
  }

  /** The database of a side; empty unless it answers its own agent. */
  public Optional<DatabaseState> database(Side side) {
    return dedicated(side, Component.DATABASE_SERVER)
        .filter(Report::hasDatabase)
        .map(Report::getDatabase)
        .filter(DatabaseState::getReachable);
  }

  /** The role that a database really has: whether its gate lets clients in. */
  public Optional<Role> role(Side side) {
    return database(side).flatMap(d -> WireSides.fromWire(d.getRole()));
  }

  /** Whether a side answers that its replication is in this state. */
  public boolean replication(Side side, String state) {
    return database(side).filter(d -> d.getReplication().equals(state)).isPresent();
  }

  /** The sides whose database is main. */
  public List<Side> mains() {
    return Stream.of(Side.values()).filter(side -> isMain(role(side))).toList();
  }

  /** The sides whose volume is main. */
  public List<Side> volumeMains() {
    return Stream.of(Side.values()).filter(side -> isMain(volumeRole(side))).toList();
  }

  private static boolean isMain(Optional<Role> role) {
    return role.filter(r -> r == Role.MAIN).isPresent();
  }

  /** Whether clients are held out while its mark still says main. */
  public boolean held(Side side) {
    return database(side).map(d -> !d.getHeld().isEmpty()).orElse(false);
  }

  public Optional<FolderMirrorState> folderMirror(Side side) {
    return dedicated(side, Component.NAS_HEAD)
        .filter(Report::hasFolderMirror)
        .map(Report::getFolderMirror);
  }

  public Optional<VolumeState> volume(Side side) {
    return dedicated(side, Component.NAS_HEAD)
        .filter(Report::hasVolume)
        .map(Report::getVolume)
        .filter(VolumeState::getReachable);
  }

  public Optional<Role> volumeRole(Side side) {
    return volume(side).flatMap(v -> WireSides.fromWire(v.getRole()));
  }

  public Optional<MountState> mount(String device) {
    return report(device).filter(Report::hasMount).map(Report::getMount);
  }

  /** The side a device provably uses through its mount. */
  public Optional<Side> mountedSide(String device) {
    return mount(device)
        .filter(MountState::getProven)
        .flatMap(m -> WireSides.fromWire(m.getSide()));
  }

  public List<ServiceState> services(String device) {
    return report(device).map(Report::getServicesList).orElse(List.of());
  }

  private Optional<Report> dedicated(Side side, Component component) {
    return site.carrying(component).stream()
        .filter(d -> d.side() == side)
        .findFirst()
        .flatMap(d -> report(d.name()));
  }
}
