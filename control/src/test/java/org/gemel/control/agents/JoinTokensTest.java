package org.gemel.control.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.MemoryLedger;
import org.junit.jupiter.api.Test;

final class JoinTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final Ledger ledger = new MemoryLedger();
  private final JoinTokens tokens = new JoinTokens(ledger, (id, secret) -> id + "." + secret);

  private String[] token() {
    return tokens.make("edit-1", NOW.plus(HOUR)).split("\\.", -1);
  }

  @Test
  void aTokenNamesItsDeviceOnce() {
    String[] token = token();
    assertThat(tokens.use(token[0], token[1], NOW)).contains("edit-1");
    assertThat(tokens.use(token[0], token[1], NOW)).isEmpty();
  }

  @Test
  void aWrongSecretDoesNotUseTheTokenUp() {
    String[] token = token();
    assertThat(tokens.use(token[0], "guess", NOW)).isEmpty();
    assertThat(tokens.use(token[0], token[1], NOW)).isPresent();
  }

  @Test
  void anOldTokenAndAnUnknownOneAreRefused() {
    String[] token = token();
    assertThat(tokens.use(token[0], token[1], NOW.plus(HOUR))).isEmpty();
    assertThat(tokens.use("0123", token[1], NOW)).isEmpty();
    assertThat(tokens.use("../users/admin", token[1], NOW)).isEmpty();
  }
}
