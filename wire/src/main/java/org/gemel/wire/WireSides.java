package org.gemel.wire;

import java.util.Optional;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.WireRole;
import org.gemel.wire.protocol.WireSide;

/** Sides and roles between their words and their numbers on the wire. */
public final class WireSides {
  private WireSides() {}

  public static WireSide toWire(Side side) {
    return side == Side.X ? WireSide.SIDE_X : WireSide.SIDE_Y;
  }

  /** Empty where the message names no side. */
  public static Optional<Side> fromWire(WireSide side) {
    return switch (side) {
      case SIDE_X -> Optional.of(Side.X);
      case SIDE_Y -> Optional.of(Side.Y);
      case SIDE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  public static WireRole toWire(Role role) {
    return role == Role.MAIN ? WireRole.ROLE_MAIN : WireRole.ROLE_BACKUP;
  }

  /** Empty where the message names no role. */
  public static Optional<Role> fromWire(WireRole role) {
    return switch (role) {
      case ROLE_MAIN -> Optional.of(Role.MAIN);
      case ROLE_BACKUP -> Optional.of(Role.BACKUP);
      case ROLE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }
}
