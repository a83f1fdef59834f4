package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.gemel.config.Default;
import org.gemel.core.Side;
import org.gemel.mirror.link.ServedVolume;

/**
 * Lets other devices mirror from volumes of this one, or onto them, with this agent's identity.
 *
 * @param listen where, {@code HOST:PORT}
 */
public record MirrorLinkSection(ControlAddress listen, List<LinkVolume> volumes) {

  /**
   * A volume that is served.
   *
   * @param name what callers call it
   * @param folder the top of the volume
   * @param volume the id its marker must carry
   * @param peers the devices that may, by name
   */
  public record LinkVolume(
      String name,
      Side side,
      Path folder,
      String volume,
      @Default("READ_ONLY") ServedVolume.Access access,
      List<String> peers) {
    public LinkVolume {
      if (peers.isEmpty()) {
        throw new IllegalArgumentException(
            "found no peers of the volume '"
                + name
                + "', wanted the names of the devices that may mirror it");
      }
    }

    LinkVolume under(Path base) {
      return new LinkVolume(name, side, base.resolve(folder).normalize(), volume, access, peers);
    }
  }

  public MirrorLinkSection {
    var names = new HashSet<String>();
    for (var each : volumes) {
      if (!names.add(each.name())) {
        throw new IllegalArgumentException(
            "found two volumes named '" + each.name() + "', wanted a name of its own for each");
      }
    }
    if (volumes.isEmpty()) {
      throw new IllegalArgumentException("found no volume, wanted at least one to serve");
    }
  }

  MirrorLinkSection under(Path base) {
    return new MirrorLinkSection(listen, volumes.stream().map(each -> each.under(base)).toList());
  }
}
