package org.gemel.agent.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gemel.agent.configuration.MirrorLinkSection;
import org.gemel.agent.configuration.MirrorLinkSection.LinkVolume;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.link.LinkCredentials;
import org.gemel.mirror.link.LinkTimes;
import org.gemel.mirror.link.MirrorServer;
import org.gemel.mirror.link.ServedVolume;
import org.gemel.wire.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mirror server of a device: its volumes for those of the facility who are named. */
public final class MirrorLink {
  private static final Logger LOG = LoggerFactory.getLogger(MirrorLink.class);

  private static final String MEMORY = "link-index";

  private MirrorLink() {}

  /**
   * Begins to serve.
   *
   * @param state the agent's own memory, of what was mirrored onto its volumes among other things
   * @throws IOException in words, if it cannot listen there
   */
  public static MirrorServer start(MirrorLinkSection section, Identity identity, Path state)
      throws IOException {
    var guard =
        new LinkGuard(
            section.volumes().stream()
                .collect(
                    Collectors.toMap(
                        LinkVolume::name,
                        each -> new Volume(each.side(), each.folder(), each.volume()))));
    return MirrorServer.start(
        new InetSocketAddress(section.listen().host(), section.listen().port()),
        new LinkCredentials.Tls(PeerTls.engines(identity), Optional.empty()),
        section.volumes().stream()
            .map(each -> served(each).remembered(state.resolve(MEMORY)))
            .toList(),
        guard,
        LinkTimes.USUAL,
        LOG::info);
  }

  private static ServedVolume served(LinkVolume volume) {
    return new ServedVolume(
        volume.name(), TreeRoot.of(volume.folder()), volume.access(), volume.peers());
  }
}
