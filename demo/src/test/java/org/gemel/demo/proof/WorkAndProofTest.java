package org.gemel.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.gemel.core.Side;
import org.gemel.demo.facility.NewsroomSchema;
import org.gemel.demo.supervisor.Supervisor;
import org.gemel.demo.workload.Act;
import org.gemel.demo.workload.Item;
import org.gemel.demo.workload.Journal;
import org.gemel.demo.workload.JournalLine;
import org.gemel.demo.workload.Phase;
import org.gemel.demo.workload.WorkPause;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("B-43")
final class WorkAndProofTest {
  private static final String SAME_TIMES =
      "UPDATE projects SET made = 'epoch'; UPDATE compositions SET changed = 'epoch'; UPDATE assets SET made = 'epoch'";

  @Test
  void nothingAcknowledgedIsLostThoughServerAndEditorAreKilled(@TempDir Path dir) throws Exception {
    try (Newsroom newsroom = new Newsroom(dir)) {
      newsroom.startDatabase(Side.X);
      newsroom.facility.seedDatabase();
      newsroom.letClientsInto(Side.X);
      Process editor = newsroom.work("editor", "edit-1");
      Process ingest = newsroom.work("ingest", "ingest-1");
      Process encoder = newsroom.work("encoder", "encode-1");
      newsroom.awaitMore("edit-1", Phase.ACKNOWLEDGED, 20);
      await().atMost(Newsroom.LONG).until(() -> newsroom.count("encode-1", Phase.ACKNOWLEDGED) > 0);

      newsroom.crashDatabase();
      newsroom.awaitMore("edit-1", Phase.REFUSED, 3);
      newsroom.startDatabase(Side.X);
      newsroom.awaitMore("edit-1", Phase.ACKNOWLEDGED, 10);

      editor.destroyForcibly().waitFor();
      Process next = newsroom.work("editor", "edit-1");
      newsroom.awaitMore("edit-1", Phase.ACKNOWLEDGED, 20);
      // While work goes on: items in motion are left out, all others must be right.
      assertThat(newsroom.nothingLost(Side.X).findings()).isEmpty();

      try (WorkPause pause = WorkPause.open(newsroom.facility.pause());
          WorkPause.Hold _ = pause.hold(Newsroom.LONG)) {
        long held = newsroom.count("edit-1", Phase.BEGUN);
        Proof.Verdict whileHeld = newsroom.nothingLost(Side.X);
        assertThat(whileHeld.findings()).isEmpty();
        assertThat(whileHeld.summary()).contains(" 0 left out");
        assertThat(newsroom.count("edit-1", Phase.BEGUN)).isEqualTo(held);
      }
      newsroom.awaitMore("edit-1", Phase.ACKNOWLEDGED, 3);

      newsroom.shutClientsOutOf(Side.X);
      newsroom.awaitMore("edit-1", Phase.REFUSED, 2);
      for (Process process : new Process[] {next, ingest, encoder}) {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      }
      Proof.Verdict verdict = newsroom.nothingLost(Side.X);
      System.out.println(verdict.summary());
      assertThat(verdict.findings()).isEmpty();
      eachLossIsFound(newsroom);
    }
  }

  private static void eachLossIsFound(Newsroom newsroom) throws Exception {
    JournalLine story = settled(newsroom, line -> line.act() != Act.DELETE);
    Path file = newsroom.facility.volume(Side.X).resolve(story.file());
    byte[] content = Files.readAllBytes(file);

    byte[] changed = content.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(file, changed);
    assertThat(newsroom.nothingLost(Side.X).findings())
        .singleElement()
        .asString()
        .contains(story.item().toString())
        .contains("other content");

    Files.delete(file);
    assertThat(newsroom.nothingLost(Side.X).findings())
        .singleElement()
        .asString()
        .contains("found no file");
    Files.write(file, content);
    assertThat(newsroom.nothingLost(Side.X).holds()).isTrue();

    JournalLine deleted = settled(newsroom, line -> line.act() == Act.DELETE);
    Path back = newsroom.facility.volume(Side.X).resolve(deleted.file());
    Files.write(back, content);
    assertThat(newsroom.nothingLost(Side.X).findings())
        .singleElement()
        .asString()
        .contains("delete was acknowledged");
    Files.delete(back);

    newsroom.execute(Side.X, "DELETE FROM compositions WHERE uuid = '" + story.item() + "'");
    assertThat(newsroom.nothingLost(Side.X).findings())
        .singleElement()
        .asString()
        .contains("found no row");
  }

  private static JournalLine settled(Newsroom newsroom, Predicate<JournalLine> wanted)
      throws Exception {
    Map<UUID, Item> items =
        Item.fold(Journal.read(newsroom.facility.journal(Newsroom.device("edit-1"))));
    for (Item item : items.values()) {
      JournalLine last = item.acknowledged();
      if (last != null && item.possible().isEmpty() && wanted.test(last)) {
        return last;
      }
    }
    throw new AssertionError("found no such item in the editor's journal");
  }

  @Test
  void twoSidesAreEqualUntilOneRowDiffersAndTheProbeSeesBothOpen(@TempDir Path dir)
      throws Exception {
    try (Newsroom newsroom = new Newsroom(dir)) {
      newsroom.startDatabase(Side.X);
      newsroom.startDatabase(Side.Y);
      newsroom.facility.seedDatabase();
      NewsroomSchema.seed(
          newsroom.facility.administrator(Side.Y, NewsroomSchema.DATABASE),
          Journal.read(newsroom.facility.journals().getFirst()));
      newsroom.execute(Side.X, SAME_TIMES);
      newsroom.execute(Side.Y, SAME_TIMES);
      newsroom.copyVolumeToY();
      assertThat(newsroom.sidesEqual().findings()).isEmpty();
      assertThat(prove(dir)).isZero();

      String row = "INSERT INTO projects (id, name, device, made) VALUES (1000, 'a', 'b', 'epoch')";
      newsroom.execute(Side.X, row);
      assertThat(newsroom.sidesEqual().findings())
          .singleElement()
          .asString()
          .contains("projects")
          .contains("only on X 1");
      newsroom.execute(Side.Y, row);
      assertThat(newsroom.sidesEqual().holds()).isTrue();
      newsroom.execute(Side.Y, "UPDATE projects SET name = 'A' WHERE id = 1000");
      assertThat(prove(dir)).isEqualTo(1);

      theProbeTellsWhoIsOpen(newsroom);

      assertThat(newsroom.databasesAlive()).isEqualTo(2);
      try (Supervisor _ = Supervisor.open(dir, Duration.ofSeconds(20), Clock.systemUTC())) {
        assertThat(newsroom.databasesAlive()).isZero();
      }
    }
  }

  private static int prove(Path dir) {
    return new CommandLine(new ProveCommand()).execute("--dir", dir.toString(), "--within", "0");
  }

  private static void theProbeTellsWhoIsOpen(Newsroom newsroom) throws Exception {
    newsroom.letClientsInto(Side.X);
    try (DualWriteProbe probe =
        DualWriteProbe.start(
            Map.of(
                Side.X,
                newsroom.facility.application(Side.X),
                Side.Y,
                newsroom.facility.application(Side.Y)),
            Duration.ofMillis(5),
            Clock.systemUTC())) {
      awaitAccepted(probe, Side.X, 20);
      newsroom.shutClientsOutOf(Side.X);
      newsroom.letClientsInto(Side.Y);
      awaitAccepted(probe, Side.Y, 20);
      assertThat(probe.dualWrites()).isEmpty();
      assertThat(probe.attempts())
          .anyMatch(
              attempt ->
                  attempt.side() == Side.X && attempt.answer() == ProbeAttempt.Answer.REFUSED);

      newsroom.letClientsInto(Side.X);
      await().atMost(Newsroom.LONG).until(() -> !probe.dualWrites().isEmpty());
    }
  }

  private static void awaitAccepted(DualWriteProbe probe, Side side, int count) {
    await()
        .atMost(Newsroom.LONG)
        .until(
            () ->
                probe.attempts().stream()
                        .filter(
                            attempt ->
                                attempt.side() == side
                                    && attempt.answer() == ProbeAttempt.Answer.ACCEPTED)
                        .count()
                    >= count);
  }
}
