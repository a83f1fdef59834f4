package org.gemel.mirror;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gemel.mirror.link.AgentPlace;
import org.gemel.mirror.link.LinkCredentials;
import org.gemel.mirror.link.LinkOptions;
import org.gemel.mirror.link.LinkTimes;
import org.gemel.mirror.link.MirrorCaller;
import org.gemel.mirror.link.MirrorServer;
import org.gemel.mirror.link.ServedVolume;
import org.gemel.mirror.link.VolumeGuard;
import org.gemel.mirror.system.TreePath;

/** A server on a free port of this machine that serves a folder, and callers to it. */
record LinkedTrees(MirrorServer server, LinkCredentials credentials, LinkOptions options)
    implements AutoCloseable {
  static final String VOLUME = "media";

  static LinkedTrees serving(Path folder, LinkCredentials credentials) {
    return serving(folder, credentials, VolumeGuard.NONE);
  }

  static LinkedTrees serving(Path folder, LinkCredentials credentials, VolumeGuard guard) {
    return serving(volume(folder), credentials, guard);
  }

  static ServedVolume volume(Path folder) {
    return new ServedVolume(
        VOLUME,
        TreeRoot.of(folder),
        ServedVolume.Access.READ_WRITE,
        List.of(ServedVolume.ANY_PEER));
  }

  static LinkedTrees serving(ServedVolume volume, LinkCredentials credentials, VolumeGuard guard) {
    try {
      MirrorServer server =
          MirrorServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              credentials,
              List.of(volume),
              guard,
              LinkTimes.USUAL,
              words -> {});
      return new LinkedTrees(server, credentials, LinkOptions.usual());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static LinkCredentials secret() {
    byte[] secret = new byte[48];
    new java.security.SecureRandom().nextBytes(secret);
    return new LinkCredentials.Secret(secret);
  }

  LinkedTrees with(LinkOptions other) {
    return new LinkedTrees(server, credentials, other);
  }

  AgentPlace place(TreePath path) {
    try {
      return new AgentPlace("127.0.0.1", server.address().getPort(), VOLUME, path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  MirrorCaller caller() {
    return new MirrorCaller(place(TreePath.ROOT), credentials, options, LinkTimes.USUAL);
  }

  MirrorReport push(Path source, MirrorListener listener) {
    try {
      return caller()
          .push(MirrorRequest.of(TreeRoot.of(source), new TreeRoot("elsewhere")), listener);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  MirrorReport pull(Path target, MirrorListener listener) {
    try {
      return caller()
          .pull(MirrorRequest.of(new TreeRoot("elsewhere"), TreeRoot.of(target)), listener);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Optional<String> first(MirrorReport report) {
    return report.failures().stream().findFirst().map(Failure::reason);
  }

  @Override
  public void close() {
    server.close();
  }
}
