package org.gemel.agent.engine;

import org.gemel.mirror.link.TlsEngines;
import org.gemel.wire.Identity;
import org.gemel.wire.PeerEngines;

/** TLS of a link between two machines, by who this one is. */
public final class PeerTls {
  private PeerTls() {}

  public static TlsEngines engines(Identity identity) {
    PeerEngines engines = new PeerEngines(identity);
    return new TlsEngines(engines::calling, engines::called);
  }
}
