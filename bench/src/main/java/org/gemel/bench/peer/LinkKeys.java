package org.gemel.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Timed;
import org.gemel.bench.process.Tool;

/**
 * What both ends of a link to Gemel's server show each other, made for this run: a certificate of
 * an authority of its own, or a secret where the link is plain.
 *
 * @param serving the lines of the server's configuration
 * @param calling the options of who calls
 */
record LinkKeys(String serving, List<String> calling) {
  private static final String CURVE = "ec_paramgen_curve:P-256";

  private static final List<String> AUTHORITY =
      List.of(
          "basicConstraints=critical,CA:TRUE,pathlen:0", "keyUsage=critical,keyCertSign,cRLSign");

  private static final List<String> DEVICE =
      List.of(
          "basicConstraints=critical,CA:FALSE",
          "keyUsage=critical,digitalSignature",
          "extendedKeyUsage=critical,serverAuth,clientAuth");

  static LinkKeys plain(Path scratch) throws IOException {
    Path secret = PrivateFile.write(scratch.resolve("link-secret"), Fresh.secret());
    return new LinkKeys(
        "secret: " + secret + "\n", List.of("--plain", "--link-secret", secret.toString()));
  }

  static LinkKeys tls(Path scratch, Timed timed) throws IOException, InterruptedException {
    String authorityKey = scratch.resolve("link-authority.key").toString();
    String authority = scratch.resolve("link-authority.pem").toString();
    String key = PrivateFile.write(scratch.resolve("link.key"), "").toString();
    String certificate = scratch.resolve("link.pem").toString();
    String openssl = Tool.OPENSSL.path();
    for (String file : List.of(authorityKey, key)) {
      timed.require(
          Launch.of(openssl, "genpkey", "-algorithm", "EC", "-pkeyopt", CURVE, "-out", file));
    }
    certify(timed, "/CN=bench authority", authorityKey, authority, AUTHORITY, List.of());
    certify(
        timed,
        "/CN=bench",
        key,
        certificate,
        DEVICE,
        List.of("-CA", authority, "-CAkey", authorityKey));
    return new LinkKeys(
        "tls: {ca: %s, certificate: %s, key: %s}\n".formatted(authority, certificate, key),
        List.of("--link-ca", authority, "--link-certificate", certificate, "--link-key", key));
  }

  /** Makes a certificate of a key; by itself, or by another key. */
  private static void certify(
      Timed timed,
      String subject,
      String key,
      String certificate,
      List<String> extensions,
      List<String> by)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(Tool.OPENSSL.path(), "req", "-x509", "-new"));
    line.addAll(List.of("-days", "2", "-subj", subject, "-key", key, "-out", certificate));
    line.addAll(by);
    extensions.forEach(each -> line.addAll(List.of("-addext", each)));
    timed.require(Launch.of(line.toArray(String[]::new)));
  }
}
