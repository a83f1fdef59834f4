package org.gemel.mirror.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** What a person should read of a link that failed. */
final class LinkWords {
  private LinkWords() {}

  static String of(IOException failure) {
    IOException cause =
        failure instanceof LinkLostException lost && lost.getCause() instanceof IOException inner
            ? inner
            : failure;
    return switch (cause) {
      case ClosedChannelException _ -> "the connection was closed";
      case EOFException _ -> "the peer closed the connection";
      case UnknownHostException e -> "found no host of the name " + e.getMessage();
      case ConnectException e -> "found nobody who answers (" + e.getMessage() + ")";
      case SSLException e -> tls(e);
      default -> Words.clean(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    };
  }

  private static String tls(SSLException failure) {
    String words = String.valueOf(failure.getMessage());
    for (Throwable at = failure.getCause(); at != null; at = at.getCause()) {
      if (at instanceof CertificateException && at.getMessage() != null) {
        words = at.getMessage();
      }
    }
    return Words.clean("TLS was refused: " + words);
  }
}
