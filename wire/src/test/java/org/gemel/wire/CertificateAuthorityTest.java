package org.gemel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";

  @TempDir Path folder;
  private final Facility facility = new Facility();

  @Test
  void isTheSameAfterARestartAndForItsOwnerOnly() throws Exception {
    assertThat(CertificateAuthority.isIn(folder)).isFalse();
    facility.authority.save(folder);
    assertThat(CertificateAuthority.isIn(folder)).isTrue();
    var again = CertificateAuthority.load(folder);
    assertThat(again.fingerprint()).isEqualTo(facility.authority.fingerprint());
    assertThat(again.issueServer(List.of("localhost"), List.of(), Facility.year()).authority())
        .isEqualTo(facility.authority.certificate());
    onlyTheOwnerMayRead("authority.pem");
  }

  @Test
  void neverReplacesAnAuthorityThatStands() throws Exception {
    facility.authority.save(folder);
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> new Facility().authority.save(folder));
    assertThat(CertificateAuthority.load(folder).fingerprint())
        .isEqualTo(facility.authority.fingerprint());
    onlyTheOwnerMayRead("authority.pem");
  }

  @Test
  void aKeyThatOthersMayReadIsNotTaken() throws Exception {
    facility.authority.save(folder);
    Files.setPosixFilePermissions(
        folder.resolve("authority.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> CertificateAuthority.load(folder))
        .withMessageContaining("open to others (rw-r--r--), wanted mode 0600");
  }

  @Test
  void namesTheDeviceItselfAndTakesNothingButTheKeyFromTheRequest() throws Exception {
    var request = Identity.request("pretender");
    X509Certificate issued =
        facility.authority.issueDevice(
            request.signingRequest(), "editor, CN=nas-x", Facility.year());
    assertThat(Certificates.commonName(issued)).contains("editor, CN=nas-x");
    assertThat(issued.getExtendedKeyUsage()).containsExactly(CLIENT);
    assertThat(issued.getBasicConstraints()).isEqualTo(-1);
    assertThat(Certificates.isSignedBy(issued, facility.authority.certificate())).isTrue();
    assertThat(facility.server().certificate().getExtendedKeyUsage()).containsExactly(SERVER);
  }

  @Test
  void refusesARequestThatIsDamagedOrNotSignedWithItsKey() {
    byte[] changed = Identity.request("editor").signingRequest();
    changed[changed.length - 1] ^= 1;
    for (byte[] wrong : List.of(changed, new byte[0], new byte[] {1, 2, 3}, new byte[20_000])) {
      assertThatExceptionOfType(CertificateRefused.class)
          .isThrownBy(() -> facility.authority.issueDevice(wrong, "editor", Facility.year()))
          .withMessageContaining("wanted PKCS#10");
    }
  }

  @Test
  void refusesNamesAndTimesThatNoCertificateCanHold() {
    var request = Identity.request("editor").signingRequest();
    for (String name : List.of("", " ", "a\nb", "n".repeat(65))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> facility.authority.issueDevice(request, name, Facility.year()))
          .withMessageContaining("1 to 64 printable characters");
    }
    var tooLong = Validity.of(Instant.now(), Duration.ofDays(40_000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> facility.authority.issueDevice(request, "editor", tooLong))
        .withMessageContaining("ends before its authority");
  }

  @Test
  void anIdentityIsSavedWholeForItsOwnerOnly() throws Exception {
    Identity device = facility.device("editor");
    Path file = folder.resolve("agent").resolve("identity.pem");
    facility.device("before").save(file);
    device.save(file);
    assertThat(Identity.load(file)).isEqualTo(device);
    assertThat(device.toString()).contains("editor").doesNotContain("PRIVATE");
    onlyTheOwnerMayRead("agent/identity.pem");
  }

  @Test
  void aFileThatWasCutShortIsRefused() throws Exception {
    Path file = folder.resolve("identity.pem");
    facility.device("editor").save(file);
    String text = Files.readString(file);
    for (String cut : List.of("", text.substring(0, text.length() / 2), text + text)) {
      Files.writeString(file, cut);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Identity.load(file))
          .withMessageContaining(file.toString());
    }
  }

  @Test
  void aDeviceTakesOnlyTheCertificateItAskedFor() throws Exception {
    var request = Identity.request("editor");
    var other = new Facility();
    byte[] right =
        facility
            .authority
            .issueDevice(request.signingRequest(), "editor", Facility.year())
            .getEncoded();
    byte[] authority = facility.authority.certificate().getEncoded();
    assertThatExceptionOfType(CertificateRefused.class)
        .isThrownBy(() -> request.complete(right, authority, other.authority.fingerprint()))
        .withMessageContaining("found the authority");
    byte[] ofAnotherKey = facility.device("editor").certificate().getEncoded();
    assertThatExceptionOfType(CertificateRefused.class)
        .isThrownBy(
            () -> request.complete(ofAnotherKey, authority, facility.authority.fingerprint()))
        .withMessageContaining("not this device's");
  }

  private void onlyTheOwnerMayRead(String name) throws IOException {
    Path file = folder.resolve(name);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).as("nothing is left beside it").containsExactly(file);
    }
  }
}
