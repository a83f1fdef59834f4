package org.gemel.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.configuration.ControlAddress;
import org.gemel.wire.CertificateAuthority;
import org.gemel.wire.Identity;
import org.gemel.wire.JoinToken;
import org.gemel.wire.Validity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
  @TempDir private Path folder;

  @Test
  void aGoodTokenMakesADeviceAndIsUsedUp() throws Exception {
    try (var control = new ControlPointStub()) {
      var token = control.token("editor1");

      assertThat(Enrolment.join(control.address(), token, folder)).isEqualTo("editor1");

      var file = AgentConfiguration.identityFile(folder);
      var identity = Identity.load(file);
      assertThat(identity.certificate().getSubjectX500Principal().getName()).contains("CN=editor1");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> Enrolment.join(control.address(), token, folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a token that is used");
      assertThat(Identity.load(file).certificate()).isEqualTo(identity.certificate());
    }
  }

  @Test
  void aControlPointOfAnotherAuthorityIsToldNothing() throws Exception {
    try (var control = new ControlPointStub()) {
      var good = control.token("editor1");
      var other =
          CertificateAuthority.create("other", Validity.of(Instant.now(), Duration.ofDays(1)));
      var wrong = new JoinToken(good.id(), good.secret(), other.fingerprint());

      assertThatThrownBy(() -> Enrolment.join(control.address(), wrong, folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another authority");

      assertThat(AgentConfiguration.identityFile(folder)).doesNotExist();
      // The secret was not given away: the token still works where it belongs.
      assertThat(Enrolment.join(control.address(), good, folder)).isEqualTo("editor1");
    }
  }

  @Test
  void nobodyThereIsSaidInWords() throws Exception {
    ControlAddress gone;
    JoinToken token;
    try (var control = new ControlPointStub()) {
      gone = control.address();
      token = control.token("editor1");
    }
    assertThatThrownBy(() -> Enrolment.join(gone, token, folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(gone.toString());
  }
}
