package org.gemel.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power cut leaves any part of the last entry, or zeros in its place. */
@Tag("B-01")
final class TornJournalTest {
  private static final String NAME = "commands.journal";

  @TempDir Path folder;
  private byte[] whole = {};

  /** Lengths of the file after each entry. */
  private final List<Integer> entries = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    Path original = folder.resolve("original");
    try (CommandJournal journal = new CommandJournal(original)) {
      for (String id : List.of("a", "b", "c")) {
        journal.begin(Commands.start(id, 1, "player"));
        entries.add((int) Files.size(original.resolve(NAME)));
        journal.finish(Commands.done(id));
        entries.add((int) Files.size(original.resolve(NAME)));
      }
    }
    whole = Files.readAllBytes(original.resolve(NAME));
  }

  @Test
  void cutAnywhereItHoldsAllThatWasWholeAndGoesOn() throws IOException {
    for (int length = 0; length <= whole.length; length++) {
      check(Arrays.copyOf(whole, length), length);
    }
  }

  @Test
  void zerosInPlaceOfTheLastBytesAreCutOffToo() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      check(Arrays.copyOf(Arrays.copyOf(whole, length), length + 64), length);
    }
  }

  @Test
  void damageInTheMiddleIsNoCrashAndIsNotCutOff() throws IOException {
    int lastEntry = entries.get(entries.size() - 2);
    for (int at = 0; at < lastEntry; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Path home = home(damaged, "damaged" + at);
      assertThatThrownBy(() -> new CommandJournal(home))
          .as("byte %d", at)
          .isInstanceOf(JournalDamagedException.class);
      assertThat(Files.readAllBytes(home.resolve(NAME))).isEqualTo(damaged);
    }
  }

  private void check(byte[] content, int length) throws IOException {
    long left = entries.stream().filter(end -> end <= length).count();
    Path home = home(content, "cut" + content.length + "-" + length);
    try (CommandJournal journal = new CommandJournal(home)) {
      assertThat(journal.unseenOutcomes()).as("cut at %d", length).hasSize((int) (left / 2));
      assertThat(journal.unfinished()).as("cut at %d", length).hasSize((int) (left % 2));
      journal.begin(Commands.start("later", 2, "player"));
    }
    try (CommandJournal journal = new CommandJournal(home)) {
      assertThat(journal.unfinished()).contains(Commands.start("later", 2, "player"));
    }
  }

  private Path home(byte[] content, String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.write(home.resolve(NAME), content);
    return home;
  }
}
