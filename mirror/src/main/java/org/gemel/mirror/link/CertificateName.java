package org.gemel.mirror.link;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** The name of the device at the other end: the one common name of its certificate's subject. */
final class CertificateName {
  private CertificateName() {}

  static String of(SSLSession session) throws SSLException {
    if (!(session.getPeerCertificates()[0] instanceof X509Certificate certificate)) {
      throw new SSLException("found a certificate that is no X.509, wanted one");
    }
    try {
      List<String> names =
          new LdapName(certificate.getSubjectX500Principal().getName())
              .getRdns().stream()
                  .filter(each -> each.size() == 1 && each.getType().equalsIgnoreCase("CN"))
                  .map(Rdn::getValue)
                  .filter(String.class::isInstance)
                  .map(String.class::cast)
                  .toList();
      if (names.size() != 1) {
        throw new SSLException(
            "found a certificate with " + names.size() + " common names, wanted one");
      }
      return Words.clean(names.getFirst());
    } catch (InvalidNameException e) {
      throw new SSLException("found a certificate whose subject cannot be read", e);
    }
  }
}
