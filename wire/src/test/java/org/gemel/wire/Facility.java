package org.gemel.wire;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A facility with an authority, a server on this machine, and devices that have joined. */
final class Facility {
  static Validity year() {
    return Validity.of(Instant.now(), Duration.ofDays(365));
  }

  final CertificateAuthority authority =
      CertificateAuthority.create("Gemel test", Validity.of(Instant.now(), Duration.ofDays(3650)));

  Identity server() {
    return authority.issueServer(
        List.of("localhost"), List.of(InetAddress.getLoopbackAddress()), year());
  }

  Identity device(String name) throws Exception {
    IdentityRequest request = Identity.request(name);
    return request.complete(
        authority.issueDevice(request.signingRequest(), name, year()).getEncoded(),
        authority.certificate().getEncoded(),
        authority.fingerprint());
  }
}
