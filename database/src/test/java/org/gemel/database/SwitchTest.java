package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gemel.core.Role;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // fields are set before each test, not by a constructor
final class SwitchTest {
  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "switched");
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void fillNewsroom() throws Exception {
    newsroom.fill(500);
  }

  @Test
  @Tag("M-40")
  @Tag("M-41")
  @Tag("M-20")
  void aSwitchThereAndBackUnderFireLosesNoRowAndNoTwoSidesAreEverOpen() throws Exception {
    newsroom.startReplication(newsroom.x, newsroom.y, 1);
    AtomicBoolean bothOpen = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    Thread watcher = Thread.ofVirtual().start(() -> watch(bothOpen, ended));
    try (Writers writers = new Writers(List.of(newsroom.x, newsroom.y), 3, 3)) {
      awaitRows(writers, 200);
      switchOver(newsroom.x, newsroom.y, 2, false);
      awaitRows(writers, 200);
      switchOver(newsroom.y, newsroom.x, 3, true); // every command twice
      awaitRows(writers, 200);
      newsroom.x.database.hold(Duration.ofMillis(300));
      newsroom.awaitConfirmed(newsroom.x);
      HashSet<String> titles =
          new HashSet<>(newsroom.x.list("SELECT title FROM assets", row -> row.getString(1)));
      assertThat(titles).containsAll(writers.acknowledged());
    } finally {
      ended.set(true);
      watcher.join();
    }
    assertThat(bothOpen).isFalse();
    assertThat(newsroom.y.checksums()).isEqualTo(newsroom.x.checksums());
    // A collision would have been refused by the key, a gap is no harm: the next number is free.
    assertThat(newsroom.x.number("SELECT nextval('assets_id_seq') - max(id) FROM assets"))
        .isPositive();
  }

  @Test
  @Tag("M-20")
  void aSplitLeavesBothMainAndARestoreOverwritesOne() throws Exception {
    newsroom.startReplication(newsroom.x, newsroom.y, 1);
    newsroom.awaitConfirmed(newsroom.x);
    newsroom.y.database.unsubscribe();
    newsroom.x.database.unpublish();
    newsroom.y.database.setSequences(newsroom.x.database.sequences());
    newsroom.y.database.openAsMain(2);
    newsroom.x.writeAsset("only on X");
    newsroom.y.writeAsset("only on Y");
    assertThat(newsroom.x.online().role()).isEqualTo(Role.MAIN);
    assertThat(newsroom.y.online().role()).isEqualTo(Role.MAIN);

    newsroom.y.database.markBackup(3);
    newsroom.startReplication(newsroom.x, newsroom.y, 3);
    newsroom.awaitConfirmed(newsroom.x);
    assertThat(newsroom.y.checksums()).isEqualTo(newsroom.x.checksums());
    assertThat(newsroom.y.number("SELECT count(*) FROM assets WHERE title = 'only on Y'")).isZero();
  }

  private static void switchOver(
      Newsroom.Side from, Newsroom.Side to, long epoch, boolean everythingTwice) throws Exception {
    int times = everythingTwice ? 2 : 1;
    for (int i = 0; i < times; i++) {
      assertThat(to.database.initialSync().complete()).isTrue();
      from.database.hold(Duration.ofMillis(300));
    }
    for (int i = 0; i < times; i++) {
      newsroom.awaitConfirmed(from);
    }
    assertThat(to.checksums()).isEqualTo(from.checksums());
    List<SequenceValue> sequences = from.database.sequences();
    for (int i = 0; i < times; i++) {
      to.database.unsubscribe();
    }
    for (int i = 0; i < times; i++) {
      to.database.setSequences(sequences);
      from.database.unpublish();
    }
    for (int i = 0; i < times; i++) {
      from.database.markBackup(epoch);
    }
    for (int i = 0; i < times; i++) {
      to.database.openAsMain(epoch);
    }
    newsroom.startReplication(to, from, epoch);
  }

  /** Both could be open only if the second opened before the first was shut. */
  private static void watch(AtomicBoolean bothOpen, AtomicBoolean ended) {
    while (!ended.get()) {
      // X, Y, X: roles move one after the other, so open, open, open means at once.
      if (isOpen(newsroom.x) && isOpen(newsroom.y) && isOpen(newsroom.x)) {
        bothOpen.set(true);
      }
    }
  }

  private static boolean isOpen(Newsroom.Side side) {
    return side.database.status() instanceof DatabaseStatus.Online online
        && online.role() == Role.MAIN;
  }

  private static void awaitRows(Writers writers, int more) throws Exception {
    int before = writers.acknowledged().size();
    Newsroom.await("rows under way", () -> writers.acknowledged().size() > before + more);
  }
}
