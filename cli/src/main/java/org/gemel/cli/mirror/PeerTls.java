package org.gemel.cli.mirror;

import org.gemel.mirror.link.TlsEngines;
import org.gemel.wire.Identity;
import org.gemel.wire.PeerEngines;

/** TLS of a link, by who one is. */
final class PeerTls {
  private PeerTls() {}

  static TlsEngines engines(Identity identity) {
    PeerEngines engines = new PeerEngines(identity);
    return new TlsEngines(engines::calling, engines::called);
  }
}
