package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Side;
import org.gemel.mirror.Counts;
import org.gemel.mirror.EndedPass;
import org.gemel.mirror.MirrorReport.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("M-57")
final class FolderHistoryTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir private Path state;

  @Test
  void passesAreToldNewestFirstOfOneProfileOrOfAllAlsoAfterARestart() {
    FolderHistory history = new FolderHistory(state);
    history.ended(pass("wip", 0, Outcome.COMPLETE, "complete"));
    history.ended(pass("bins", 5, Outcome.REFUSED, "an \"empty\" source\n"));
    history.ended(pass("wip", 10, Outcome.INCOMPLETE, "1 failed"));
    for (FolderHistory each : List.of(history, new FolderHistory(state))) {
      assertThat(each.newest(Optional.empty(), 10))
          .containsExactly(
              pass("wip", 10, Outcome.INCOMPLETE, "1 failed"),
              pass("bins", 5, Outcome.REFUSED, "an \"empty\" source\n"),
              pass("wip", 0, Outcome.COMPLETE, "complete"));
      assertThat(each.newest(Optional.of("wip"), 1))
          .extracting(EndedPass::begun)
          .containsExactly(NOON.plusSeconds(10));
      assertThat(each.lastComplete("wip", Side.X).orElseThrow().begun()).isEqualTo(NOON);
      assertThat(each.lastComplete("wip", Side.Y)).as("in the other direction").isEmpty();
      assertThat(each.trouble()).isEmpty();
    }
  }

  @Test
  void theLastTwoHundredOfEachProfileAreKeptAndTheFileStaysBounded() throws IOException {
    FolderHistory history = new FolderHistory(state);
    for (int second = 0; second < 650; second++) {
      history.ended(pass(second % 50 == 0 ? "rare" : "often", second, Outcome.COMPLETE, "ok"));
    }
    for (FolderHistory each : List.of(history, new FolderHistory(state))) {
      assertThat(each.newest(Optional.of("often"), 1_000)).hasSize(FolderHistory.KEPT);
      assertThat(each.newest(Optional.of("rare"), 1_000))
          .as("not pushed out by the others")
          .hasSize(13);
    }
    try (var lines = Files.lines(file())) {
      assertThat(lines.count()).isLessThan(3L * FolderHistory.KEPT);
    }
  }

  @Test
  void aLineThatACrashLeftHalfWrittenIsDroppedAndTheNextOneIsWhole() throws IOException {
    new FolderHistory(state).ended(pass("wip", 0, Outcome.COMPLETE, "ok"));
    Files.writeString(
        file(), "{\"profile\":\"wip\",\"from\":\"X\",\"beg", StandardOpenOption.APPEND);
    FolderHistory after = new FolderHistory(state);
    assertThat(after.newest(Optional.empty(), 10)).hasSize(1);
    after.ended(pass("wip", 60, Outcome.COMPLETE, "ok"));
    assertThat(new FolderHistory(state).newest(Optional.empty(), 10)).hasSize(2);
    Files.writeString(file(), "\0\0\0\0\n{}\nnull\n", StandardOpenOption.APPEND);
    assertThat(new FolderHistory(state).newest(Optional.empty(), 10)).hasSize(2);
  }

  @Test
  void whatCannotBeWrittenIsSaidAndStopsNothing() throws IOException {
    Path folder = Files.createDirectory(state.resolve("gone"));
    FolderHistory history = new FolderHistory(folder);
    Files.delete(folder);
    history.ended(pass("wip", 0, Outcome.COMPLETE, "ok"));
    assertThat(history.trouble()).contains("history of passes not kept").contains("state folder");
    assertThat(history.newest(Optional.empty(), 10)).hasSize(1);
    Files.createDirectory(folder);
    history.ended(pass("wip", 60, Outcome.COMPLETE, "ok"));
    assertThat(history.trouble()).isEmpty();
  }

  @Test
  void linesOfAnOlderProgramAreTaken() throws IOException {
    FolderHistory history = new FolderHistory(state);
    history.ended(pass("wip", 0, Outcome.COMPLETE, "ok"));
    String line = Files.readString(file());
    Files.writeString(file(), line.replace(",\"foreign\":0", ""));
    assertThat(Files.readString(file())).isNotEqualTo(line);
    assertThat(new FolderHistory(state).newest(Optional.empty(), 10)).hasSize(1);
  }

  private Path file() {
    return state.resolve("folder-history.jsonl");
  }

  private static EndedPass pass(String profile, int second, Outcome outcome, String words) {
    Instant begun = NOON.plusSeconds(second);
    Counts counts = new Counts(12, 3, 4096, 1, 2, 0, 0, 0, 0, 0, 99, 0, 0, 0);
    return new EndedPass(profile, Side.X, begun, begun.plusSeconds(1), outcome, counts, words);
  }
}
