package org.gemel.control.steps;

import java.util.List;
import java.util.Optional;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Reality;
import org.gemel.core.Finding;
import org.gemel.core.Role;
import org.gemel.core.Side;

/** Findings that several steps share. */
final class Blocks {
  private Blocks() {}

  static Optional<Finding> unlessDatabaseAnswers(Reality reality, Side side) {
    return reality.database(side).isPresent()
        ? Optional.empty()
        : Optional.of(
            Finding.unknown(
                "no answer from the database of " + side,
                "its agent's report of the last moments",
                "see `gemel device show` of the database server of " + side + ", and start it"));
  }

  static Optional<Finding> unlessRole(Reality reality, Side side, Role wanted) {
    Optional<Role> role = reality.role(side);
    if (role.isEmpty()) {
      return unlessDatabaseAnswers(reality, side);
    }
    return role.get() == wanted
        ? Optional.empty()
        : Optional.of(
            Finding.blocker(
                "the database of " + side + " as " + words(role.get()),
                words(wanted),
                wanted == Role.MAIN
                    ? "set it main first, with `gemel database set-main " + side + "`"
                    : "set it backup first, with `gemel database set-backup " + side + "`"));
  }

  static Optional<Finding> unlessNasHeadAnswers(Reality reality, Side side) {
    return WhereFolders.none(reality.site()) || reality.volume(side).isPresent()
        ? Optional.empty()
        : Optional.of(
            Finding.unknown(
                "no answer from the NAS head of " + side + " about its volume",
                "a volume that opens",
                "see `gemel device show` of the NAS head of " + side));
  }

  static List<Finding> unlessReachable(Reality reality, List<DeviceDocument> devices) {
    return devices.stream()
        .filter(d -> !reality.site().reachable(d.name()))
        .map(
            d ->
                Finding.unknown(
                    "no answer from device " + d.name(),
                    "its agent's report of the last moments",
                    "start its agent, or take the device out with `gemel device remove "
                        + d.name()
                        + "`"))
        .toList();
  }

  static List<Finding> of(List<Optional<Finding>> findings) {
    return findings.stream().flatMap(Optional::stream).toList();
  }

  static String words(Role role) {
    return role == Role.MAIN ? "main" : "backup";
  }
}
