package org.gemel.control.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.gemel.control.api.Principal;
import org.gemel.control.api.Refusal;
import org.gemel.control.fake.FakeControlPoint;
import org.gemel.control.fake.Scenes;
import org.gemel.ledger.Key;
import org.gemel.ledger.MemoryLedger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-08")
class PeopleTest {
  private static final String PASSWORD = "correct horse";
  private static final Principal ADMIN = new Principal("admin", true);
  private static final Principal GUEST = new Principal("guest", false);

  private final FakeControlPoint control = new FakeControlPoint(Scenes.normal());
  private final MemoryLedger ledger = new MemoryLedger();
  private final Users users = Users.forTests(ledger, control);
  private final Tokens tokens = new Tokens(ledger, control, users);
  private final Sessions sessions = sessions();

  PeopleTest() {
    users.addFirst("admin", PASSWORD);
    users.add(ADMIN, "guest", PASSWORD, UserRole.VIEWER);
  }

  private Sessions sessions() {
    return new Sessions(
        ledger, control, users, new SessionLimits(Duration.ofHours(1), Duration.ofHours(3)));
  }

  @Test
  void aPasswordIsKeptAsArgon2idOnly() {
    String document =
        ledger.read(new Key<>("people", "users", UserBook.class)).orElseThrow().toString();
    assertThat(document).contains("$argon2id$v=19$").doesNotContain(PASSWORD);
  }

  @Test
  void theWorkOfARealHashIsWhatOwaspAsksFor() {
    String hash = new PasswordHash().of(PASSWORD);
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(new PasswordHash().matches(PASSWORD, hash)).isTrue();
    assertThat(new PasswordHash().matches("correct horsf", hash)).isFalse();
  }

  @Test
  void theLastAdministratorStays() {
    assertThatThrownBy(() -> users.remove(ADMIN, "admin"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("last administrator");
    users.add(ADMIN, "second", PASSWORD, UserRole.ADMINISTRATOR);
    users.remove(ADMIN, "admin");
    assertThat(users.list()).extracting(UserView::name).containsExactly("guest", "second");
  }

  @Test
  void aViewerChangesOnlyTheirOwnPassword() {
    users.setPassword(GUEST, "guest", "another horse");
    assertThat(users.verify("guest", "another horse")).isTrue();
    assertThatThrownBy(() -> users.setPassword(GUEST, "admin", "another horse"))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> users.add(GUEST, "more", PASSWORD, UserRole.VIEWER))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> users.remove(GUEST, "admin")).isInstanceOf(Refusal.class);
  }

  @Test
  void aTokensSecretIsNowhereStored() {
    NewToken made = tokens.create(ADMIN, UserRole.ADMINISTRATOR, "test");
    String secret = made.token().substring(made.token().length() - 43);
    String document =
        ledger
            .read(new Key<>("people/tokens", made.view().id(), Tokens.Entry.class))
            .orElseThrow()
            .toString();
    assertThat(document).doesNotContain(secret);
    assertThat(tokens.verify(made.token())).contains(ADMIN);
    assertThat(tokens.list().getFirst().lastUsedAt()).isEqualTo(control.now());
    assertThat(tokens.verify(made.token() + "x")).isEmpty();
    tokens.revoke(ADMIN, made.view().id());
    assertThat(tokens.verify(made.token())).isEmpty();
  }

  @Test
  void aTokenEndsWithItsOwnerAndCanDoNoMoreThanThem() {
    assertThatThrownBy(() -> tokens.create(GUEST, UserRole.ADMINISTRATOR, ""))
        .isInstanceOf(Refusal.class);
    NewToken made = tokens.create(GUEST, UserRole.VIEWER, "");
    assertThat(tokens.verify(made.token())).contains(GUEST);
    users.remove(ADMIN, "guest");
    assertThat(tokens.verify(made.token())).isEmpty();
  }

  @Test
  void aSessionSurvivesARestartAndIsNotInTheLedgerInClear() {
    Session session = sessions.logIn("admin", PASSWORD, "here").orElseThrow();
    assertThat(ledger.names("people/sessions")).doesNotContain(session.cookie());
    assertThat(sessions().find(session.cookie())).contains(session);
    sessions.logOut(session.cookie());
    assertThat(sessions().find(session.cookie())).isEmpty();
  }

  @Test
  void aSessionEndsByIdlenessAndByAge() {
    Session idle = sessions.logIn("admin", PASSWORD, "here").orElseThrow();
    control.step(Duration.ofMinutes(59));
    assertThat(sessions.peek(idle.cookie())).isPresent();
    control.step(Duration.ofMinutes(1));
    assertThat(sessions.find(idle.cookie())).isEmpty();

    Session busy = sessions.logIn("admin", PASSWORD, "here").orElseThrow();
    for (int i = 0; i < 5; i++) {
      control.step(Duration.ofMinutes(30));
      assertThat(sessions.find(busy.cookie())).isPresent();
    }
    control.step(Duration.ofMinutes(30));
    assertThat(sessions.find(busy.cookie())).isEmpty();
  }

  @Test
  void aNewPasswordEndsTheSessionsOfTheOldOne() {
    Session session = sessions.logIn("guest", PASSWORD, "here").orElseThrow();
    control.step(Duration.ofSeconds(1));
    users.setPassword(ADMIN, "guest", "another horse");
    assertThat(sessions.find(session.cookie())).isEmpty();
  }

  @Test
  void guessesAreSlowedDownAndForgivenAndKeepNobodyElseOut() {
    for (int i = 0; i < 5; i++) {
      assertThat(sessions.logIn("admin", "wrong password", "attacker")).isEmpty();
    }
    assertThatThrownBy(() -> sessions.logIn("admin", PASSWORD, "attacker"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("try again in 1 s");
    assertThat(sessions.logIn("admin", PASSWORD, "control room")).isPresent();
    control.step(Duration.ofSeconds(1));
    assertThat(sessions.logIn("admin", PASSWORD, "attacker")).isPresent();
  }

  @Test
  void unknownUsersAreRefusedInTheSameWordsAndLoggedWithoutTheirName() {
    assertThat(sessions.logIn("my-secret-typed-as-name", PASSWORD, "here")).isEmpty();
    assertThat(control.audit(1).getFirst().who()).isEqualTo("unknown user");
    sessions.logIn("admin", PASSWORD, "here");
    assertThat(control.audit(1).getFirst().what()).isEqualTo("logged in from here");
  }
}
