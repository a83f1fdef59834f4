package org.gemel.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZooKeeperLedgerTest extends LedgerContract {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Keeper keeper;
  private Ledger ledger;

  @BeforeEach
  void start() {
    keeper = Keeper.start(folder, 0);
    ledger = ZooKeeperLedger.connect(keeper.address(), "secret", WITHIN);
  }

  @AfterEach
  void stop() {
    ledger.close();
    keeper.close();
  }

  @Override
  Ledger ledger() {
    return ledger;
  }

  @Test
  void everythingIsThereAfterTheKeeperStartedAgain() {
    ledger.create(NOTE, new Note("kept", 1));
    ledger.next("epoch");
    stop();
    start();
    assertThat(ledger.read(NOTE).orElseThrow().value().words()).isEqualTo("kept");
    assertThat(ledger.next("epoch")).isEqualTo(2);
  }

  @Test
  void whoDoesNotKnowTheSecretReadsNothing() {
    ledger.create(NOTE, new Note("private", 1));
    try (Ledger stranger = ZooKeeperLedger.connect(keeper.address(), "guess", WITHIN)) {
      assertThatThrownBy(() -> stranger.read(NOTE)).isInstanceOf(LedgerFailure.class);
    }
  }

  @Test
  void anAddressWhereNothingAnswersIsNamed() {
    assertThatThrownBy(
            () -> ZooKeeperLedger.connect("127.0.0.1:1", "secret", Duration.ofMillis(300)))
        .isInstanceOf(LedgerFailure.class)
        .hasMessageContaining("127.0.0.1:1");
  }
}
