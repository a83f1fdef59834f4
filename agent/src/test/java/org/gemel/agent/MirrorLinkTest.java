package org.gemel.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.engine.PeerTls;
import org.gemel.agent.volume.VolumeMark;
import org.gemel.core.Role;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.link.AgentPlace;
import org.gemel.mirror.link.LinkCredentials;
import org.gemel.mirror.link.LinkOptions;
import org.gemel.mirror.link.LinkTimes;
import org.gemel.mirror.link.MirrorCaller;
import org.gemel.wire.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The NAS head of the backup lets the one of main mirror onto its volume, and nobody else. */
@Tag("B-40")
class MirrorLinkTest {
  @TempDir private Path folder;
  private ControlPointStub control;
  private Agent agent;
  private int port;

  @BeforeEach
  void aNasHeadOfY() throws Exception {
    control = new ControlPointStub();
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.createDirectories(folder.resolve("volume"));
    Files.writeString(folder.resolve("volume/.gemel-volume"), "volume: volume-Y\nside: Y\n");
    Files.createDirectories(folder.resolve("source"));
    Files.writeString(folder.resolve("source/clip"), "content");
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        device: nas-y
        control: ["%s"]
        identity: identity
        state: state
        mirrorLink:
          listen: 127.0.0.1:%d
          volumes:
            - {name: media, side: Y, folder: volume, volume: volume-Y, access: READ_WRITE, peers: [nas-x]}
        """
            .formatted(control.address(), port));
    var configuration = AgentConfiguration.load(folder.resolve("agent.yaml"));
    control.enrol("nas-y", configuration.identity());
    control.enrol("nas-x", folder.resolve("nas-x"));
    control.enrol("edit-1", folder.resolve("edit-1"));
    agent = Agent.start(configuration, InstantSource.system());
  }

  @AfterEach
  void end() throws Exception {
    agent.end();
    control.close();
  }

  private MirrorReport mirror(String device, long epoch) throws IOException {
    var file = AgentConfiguration.identityFile(folder.resolve(device));
    return new MirrorCaller(
            AgentPlace.parse("agent://127.0.0.1:" + port + "/media"),
            new LinkCredentials.Tls(
                PeerTls.engines(Identity.load(file, file, file)), Optional.of("nas-y")),
            LinkOptions.usual().withLines(1).withEpoch(epoch),
            LinkTimes.USUAL)
        .push(
            MirrorRequest.of(TreeRoot.of(folder.resolve("source")), new TreeRoot("media")),
            MirrorListener.NONE);
  }

  @Test
  void onlyTheMainOfTheLatestRoleChangeMayWrite() throws Exception {
    assertThatThrownBy(() -> mirror("nas-x", 3)).hasMessageContaining("unmarked");
    new VolumeMark(folder.resolve("volume")).write(Role.BACKUP, 3);
    Eventually.until(() -> isComplete(3));
    assertThat(folder.resolve("volume/clip")).hasContent("content");
    assertThatThrownBy(() -> mirror("nas-x", 2)).hasMessageContaining("of change 2");
    assertThatThrownBy(() -> mirror("edit-1", 3)).hasMessageContaining("no volume 'media'");
  }

  private boolean isComplete(long epoch) {
    try {
      return mirror("nas-x", epoch).outcome() == MirrorReport.Outcome.COMPLETE;
    } catch (IOException notYet) {
      return false;
    }
  }
}
