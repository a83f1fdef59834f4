package org.gemel.agent.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.agent.base.Answer;
import org.gemel.core.Role;
import org.gemel.core.Side;

/**
 * The volume of a side, where this device finds it. Nothing is written to a folder before its
 * marker has proven that the right volume is there.
 */
public record Volume(Side side, Path folder, String id) {
  /**
   * Opens the volume's marker.
   *
   * @throws IOException in words, if the volume is not there or another is
   */
  public VolumeMarker prove() throws IOException {
    var marker = VolumeMarker.read(folder);
    if (!marker.volume().equals(id) || marker.side() != side) {
      throw new IOException(
          "found volume %s of side %s at %s, wanted volume %s of side %s: another volume is mounted there"
              .formatted(marker.volume(), marker.side(), folder, id, side));
    }
    return marker;
  }

  /**
   * The role of the proven volume; empty before its first one.
   *
   * @throws IOException in words, if the volume is not there or does not say
   */
  public Optional<VolumeRole> role() throws IOException {
    var unused = prove();
    return VolumeRole.read(folder);
  }

  /** Gives the volume a role. A change older than the last one is refused. */
  public Answer mark(Role role, long epoch) {
    try {
      var before = role();
      if (before.isPresent() && before.get().epoch() > epoch) {
        return Answer.refused(
            "found volume %s marked %s by role change %d, wanted none after %d: this change is out of date"
                .formatted(side, before.get().role(), before.get().epoch(), epoch));
      }
      var wanted = new VolumeRole(role, epoch);
      if (!before.equals(Optional.of(wanted))) {
        wanted.write(folder);
      }
      return role().equals(Optional.of(wanted))
          ? Answer.done("Volume " + side + " is marked " + role + ".")
          : Answer.refused(
              "found volume " + side + " without its mark after writing it, wanted it kept: retry");
    } catch (IOException e) {
      return Answer.refused(String.valueOf(e.getMessage()));
    }
  }
}
