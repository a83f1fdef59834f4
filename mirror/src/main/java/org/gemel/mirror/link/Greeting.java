package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Makes a connection of a socket, once both ends have proven who they are.
 *
 * @param peer the name in the other's certificate; empty where a secret is what both know
 */
record Greeting(Connection connection, Optional<String> peer) {
  /** As the end that called. */
  static Greeting toServer(SocketChannel channel, LinkCredentials credentials) throws IOException {
    return switch (credentials) {
      case LinkCredentials.Tls tls -> tls(channel, tls, true);
      case LinkCredentials.Secret secret -> {
        Connection connection = new Connection(new PlainLink(channel));
        SecretProof.asCaller(connection, secret);
        yield admitted(connection, Optional.empty());
      }
    };
  }

  /** As the end that was called. */
  static Greeting toCaller(SocketChannel channel, LinkCredentials credentials) throws IOException {
    return switch (credentials) {
      case LinkCredentials.Tls tls -> tls(channel, tls, false);
      case LinkCredentials.Secret secret -> {
        Connection connection = new Connection(new PlainLink(channel));
        SecretProof.asServer(connection, secret);
        yield admitted(connection, Optional.empty());
      }
    };
  }

  private static Greeting tls(SocketChannel channel, LinkCredentials.Tls tls, boolean calling)
      throws IOException {
    TlsEngines engines = tls.engines();
    TlsLink link = new TlsLink(channel, (calling ? engines.calling() : engines.called()).get());
    try {
      String peer = CertificateName.of(link.handshake());
      if (tls.peer().isPresent() && !tls.peer().get().equals(peer)) {
        throw new SSLException(
            "found the certificate of '" + peer + "', wanted that of '" + tls.peer().get() + "'");
      }
      return admitted(new Connection(link), Optional.of(peer));
    } catch (IOException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  private static Greeting admitted(Connection connection, Optional<String> peer) {
    connection.admit();
    return new Greeting(connection, peer);
  }
}
