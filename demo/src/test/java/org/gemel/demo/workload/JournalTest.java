package org.gemel.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.gemel.core.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
  private static final UUID ITEM = new UUID(1, 2);

  @Test
  void linesComeBackAsTheyWereWithAnySigns(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("home/journal");
    JournalLine line =
        line(Phase.ACKNOWLEDGED, Act.CREATE, 1, 1)
            .as(Phase.REFUSED, 7, Instant.EPOCH, "two\nlines\tand \\n = signs");
    try (Journal journal = Journal.open(file)) {
      journal.append(line);
    }
    assertThat(Journal.read(file)).containsExactly(line);
  }

  @Test
  void aTornLineWasNeverClaimedAndIsCutOff(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("journal");
    JournalLine first = line(Phase.BEGUN, Act.CREATE, 1, 1);
    try (Journal journal = Journal.open(file)) {
      journal.append(first);
    }
    Files.writeString(file, "phase=ACKNOWL", StandardOpenOption.APPEND);
    assertThat(Journal.read(file)).containsExactly(first);

    JournalLine second = line(Phase.BEGUN, Act.CREATE, 2, 1);
    try (Journal journal = Journal.open(file)) {
      journal.append(second);
    }
    assertThat(Journal.read(file)).containsExactly(first, second);
  }

  @Test
  void anActWithoutOutcomeIsPossibleAndARefusedOneIsNot() {
    JournalLine created = line(Phase.ACKNOWLEDGED, Act.CREATE, 1, 1);
    JournalLine begun = line(Phase.BEGUN, Act.UPDATE, 2, 2);
    Item inDoubt = fold(created, begun);
    assertThat(inDoubt.acknowledged()).isEqualTo(created);
    assertThat(inDoubt.possible()).containsExactly(begun);
    assertThat(inDoubt.settledAndPresent()).isFalse();

    Item refused = fold(created, begun, begun.as(Phase.REFUSED, 0, Instant.EPOCH, "gate"));
    assertThat(refused.settledAndPresent()).isTrue();
    assertThat(refused.acknowledged()).isEqualTo(created);
  }

  @Test
  void commitsThatBreakOffLeaveDoubtAndRefusedOnesDoNot() {
    assertThat(List.of("08006", "57P01")).allMatch(Deeds::leavesDoubt);
    assertThat(Deeds.leavesDoubt(null)).isTrue();
    assertThat(List.of("25006", "23503", "40001")).noneMatch(Deeds::leavesDoubt);
  }

  private static Item fold(JournalLine... lines) {
    return Item.fold(List.of(lines)).values().iterator().next();
  }

  private static JournalLine line(Phase phase, Act act, long number, int version) {
    return new JournalLine(
        phase,
        act,
        number,
        ITEM,
        Side.X,
        "compositions",
        5,
        "Projects/a b/ü.edl",
        10,
        "ab",
        version,
        Instant.EPOCH,
        "");
  }
}
