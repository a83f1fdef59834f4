package org.gemel.control.steps;

import java.util.List;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Reality;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.MountState;

/**
 * Which devices use a volume. One that says nothing, or not clearly, counts as a user of either.
 */
final class Users {
  private Users() {}

  static List<String> notProvablyOff(Reality reality, Side side) {
    return reality.site().devices().stream()
        .filter(DeviceDocument::movesWithItsMount)
        .map(DeviceDocument::name)
        .filter(device -> !provablyOff(reality, device, side))
        .toList();
  }

  static boolean provablyOff(Reality reality, String device, Side side) {
    return reality.mount(device).filter(mount -> isOff(mount, side)).isPresent();
  }

  private static boolean isOff(MountState mount, Side side) {
    return WireSides.fromWire(mount.getSide())
        .map(mounted -> mounted != side)
        .orElse(mount.getWords().isEmpty());
  }
}
