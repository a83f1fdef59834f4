package org.gemel.agent.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.agent.base.Answer;
import org.gemel.agent.volume.RoleMark;
import org.gemel.agent.volume.VolumeMark;
import org.gemel.agent.volume.VolumeMarker;
import org.gemel.core.Role;
import org.gemel.core.Side;

/**
 * The volume of a side, where this device finds it. Nothing is written to a folder before its
 * marker has proven that the right volume is there.
 */
record Volume(Side side, Path folder, String id) {
  /**
   * Opens the volume's marker.
   *
   * @throws IOException in words, if the volume is not there or another is
   */
  VolumeMarker prove() throws IOException {
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
  Optional<RoleMark> role() throws IOException {
    var unused = prove();
    return new VolumeMark(folder).read();
  }

  /** Gives the proven volume a role. A change older than the last one is refused. */
  Answer mark(Role role, long epoch) {
    try {
      var unused = prove();
    } catch (IOException e) {
      return Answer.refused(String.valueOf(e.getMessage()));
    }
    return new VolumeMark(folder).write(role, epoch);
  }

  /** The whole text of its marker file, as it is written. */
  String markerText() {
    return "volume: " + id + "\nside: " + side + "\n";
  }
}
