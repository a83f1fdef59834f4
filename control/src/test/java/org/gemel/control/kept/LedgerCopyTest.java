package org.gemel.control.kept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.gemel.ledger.Keeper;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.ZooKeeperLedger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is lost comes back from its copy, on a real keeper. */
@Tag("M-06")
final class LedgerCopyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  record Note(String words) {}

  record StepNote(String state, int attempt) {}

  record RunNote(boolean automatic, @Nullable String endedAt, List<StepNote> steps) {}

  @TempDir private Path folder;

  @Test
  void whatAReplacementNeedsComesBackAndEpochsLeap() {
    byte[] copy;
    try (Keeper keeper = Keeper.start(folder.resolve("old"), 0);
        Ledger old = ZooKeeperLedger.connect(keeper.address(), "secret", PATIENCE)) {
      old.create(note("pairs", "newsroom"), new Note("X and Y"));
      old.create(note("devices", "nas-x"), new Note("a NAS head"));
      old.create(note("people", "users"), new Note("admin"));
      old.create(note("people/tokens", "t1"), new Note("a token"));
      old.create(note("people/sessions", "s1"), new Note("a session"));
      old.create(note("runs", "000001"), new Note("a run"));
      old.create(
          new Key<>("runs", "000002", RunNote.class),
          new RunNote(
              true,
              null,
              List.of(
                  new StepNote("DONE", 1), new StepNote("BEGUN", 2), new StepNote("PENDING", 0))));
      old.next("acting-epoch");
      old.next("role-epoch");
      old.next("runs");
      copy = LedgerCopy.of(old);
      assertThat(LedgerCopy.of(old)).as("the same again").isEqualTo(copy);
    }
    assertThat(new String(copy, StandardCharsets.UTF_8)).doesNotContain("a session");

    try (Keeper keeper = Keeper.start(folder.resolve("new"), 0);
        Ledger fresh = ZooKeeperLedger.connect(keeper.address(), "secret", PATIENCE)) {
      assertThat(LedgerCopy.isInUse(fresh)).isFalse();
      // A try that was cut off after the first document.
      fresh.create(note("pairs", "newsroom"), new Note("X and Y"));
      LedgerCopy.restore(fresh, copy);

      assertThat(LedgerCopy.isInUse(fresh)).isTrue();
      assertThat(words(fresh, "devices", "nas-x")).isEqualTo("a NAS head");
      assertThat(words(fresh, "people/tokens", "t1")).isEqualTo("a token");
      assertThat(words(fresh, "runs", "000001")).isEqualTo("a run");
      RunNote open = fresh.read(new Key<>("runs", "000002", RunNote.class)).orElseThrow().value();
      assertThat(open.automatic()).as("goes on by itself").isFalse();
      assertThat(open.steps().subList(0, 2))
          .containsExactly(new StepNote("DONE", 1), new StepNote("BEGUN", 2));
      assertThat(open.steps().get(2).attempt()).isGreaterThan(999);
      // The lost one may have given out more since the copy: agents and volumes refuse lower ones.
      for (String counter : List.of("acting-epoch", "role-epoch", "runs")) {
        assertThat(fresh.next(counter)).isGreaterThan(1_000);
      }
    }
  }

  private static Key<Note> note(String in, String name) {
    return new Key<>(in, name, Note.class);
  }

  private static String words(Ledger ledger, String in, String name) {
    return ledger.read(note(in, name)).orElseThrow().value().words();
  }
}
