package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network between the sides fails, in the ways it does. */
@NullUnmarked // fields are set before each test, not by a constructor
@Tag("M-40")
final class BadLineTest {
  private static final CopyPace PACE = new CopyPace(2, 200_000, Duration.ofSeconds(1));

  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;
  private static Newsroom.Side x;
  private static Newsroom.Side y;
  private Line line;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "line");
    x = newsroom.x;
    y = newsroom.y;
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void begin() throws Exception {
    newsroom.fill(20_000);
    line = new Line(x.node.server.port());
    x.database.publish();
  }

  @AfterEach
  void end() throws Exception {
    line.close();
  }

  private MainConnection overLine() {
    return new MainConnection(
        new DatabaseAddress("127.0.0.1", line.port(), newsroom.name), x.asMain().replication());
  }

  private void aCopyGoesOnAfter(Consumer<Line> trouble) throws Exception {
    y.database.subscribe(overLine(), 1);
    line.delay(Duration.ofMillis(20));
    FutureTask<Boolean> copy =
        new FutureTask<>(
            () -> {
              y.database.copy(PACE, _ -> {});
              return true;
            });
    Thread.ofVirtual().start(copy);
    Newsroom.await(
        "a part of the copy",
        () ->
            copy.isDone()
                || (y.number("SELECT (to_regclass('gemel.copied') IS NOT NULL)::int") == 1
                    && y.number("SELECT coalesce(sum(parts_done), 0) FROM gemel.copied") > 0));
    trouble.accept(line);
    assertThat(copy.get()).as("it does not hang").isTrue();
    assertThat(y.database.initialSync().complete()).isFalse();
    assertThat(y.database.initialSync().brokenOff()).isNotEmpty();
    x.writeAsset("written meanwhile");
    line.delay(Duration.ZERO);
    line.mend();
    Newsroom.await("the copy", () -> y.database.initialSync().complete());
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
    assertThat(Split.slots(x)).isEqualTo(1);
  }

  @Test
  void aCopyOverALineThatFallsSilentIsGoneOnWith() throws Exception {
    aCopyGoesOnAfter(Line::silence);
  }

  @Test
  void aCopyOverALineThatIsCutIsGoneOnWith() throws Exception {
    aCopyGoesOnAfter(Line::cut);
  }

  @Test
  @Tag("M-21")
  @Tag("B-22")
  void whatMainCommittedWhileTheLineWasBadArrivesAndASwitchWaitsForIt() throws Exception {
    y.database.subscribe(overLine(), 1);
    y.database.copy(CopyPace.standard(), _ -> {});
    Newsroom.await("the copy", () -> y.database.initialSync().complete());
    Switchover there = new Switchover(newsroom, x, y, 2);
    try (Writers writers = new Writers(List.of(x), 1, 1)) {
      Newsroom.await("rows over a good line", () -> writers.acknowledged().size() > 20);
      line.cut();
      Newsroom.await(
          "the cut to be told", () -> y.online().replication() instanceof Replication.Failed);
      int cut = writers.acknowledged().size();
      Newsroom.await("rows over none", () -> writers.acknowledged().size() > cut + 20);
      line.delay(Duration.ofMillis(5));
      line.mend();
      int mended = writers.acknowledged().size();
      Newsroom.await("rows over a slow one", () -> writers.acknowledged().size() > mended + 20);
      line.silence();
      int silent = writers.acknowledged().size();
      Newsroom.await("rows in silence", () -> writers.acknowledged().size() > silent + 20);
      there.performTo("hold");
      WalPosition last = x.database.lastPosition();
      assertThat(x.database.confirmed(last)).isInstanceOf(Confirmation.Waiting.class);
      line.mend();
      there.perform();
      assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
      assertThat(new HashSet<>(y.list("SELECT title FROM assets", row -> row.getString(1))))
          .containsAll(writers.acknowledged());
    }
  }
}
