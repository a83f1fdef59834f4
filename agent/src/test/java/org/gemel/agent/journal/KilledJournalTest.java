package org.gemel.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real process that journals, again and again, and holds the journal to its promises. */
@Tag("B-01")
final class KilledJournalTest {
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  @Test
  void killedProcessLosesNothingItWasPromised() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Map<String, String> promised = new HashMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      killAfter(20 + random.nextInt(600), round, promised);
      check(round, promised);
    }
  }

  private void killAfter(int lines, int round, Map<String, String> promised) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JournallingChild.class.getName(),
                folder.toString(),
                String.valueOf(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
      int count = 0;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        String[] words = line.split(" ", 2);
        promised.put(words[1], words[0]);
        if (++count == lines) {
          child.toHandle().destroyForcibly();
        }
      }
      assertThat(count).as("lines of round %d", round).isGreaterThanOrEqualTo(lines);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private void check(int round, Map<String, String> promised) throws IOException {
    try (CommandJournal journal = new CommandJournal(folder)) {
      List<String> begun = journal.unfinished().stream().map(Command::getId).toList();
      Map<String, Outcome> outcomes =
          journal.unseenOutcomes().stream()
              .collect(Collectors.toMap(Outcome::getCommand, it -> it));
      assertThat(begun).as("one command at a time").hasSizeLessThanOrEqualTo(1);
      assertThat(journal.actingEpoch()).isEqualTo(round);
      promised.forEach(
          (id, state) -> {
            switch (state) {
              // It may have come one further than it could say.
              case "begun" -> assertThat(begun.contains(id) || outcomes.containsKey(id)).isTrue();
              case "finished" -> {
                boolean mayBeForgotten =
                    Integer.parseInt(id.substring(id.indexOf("-") + 1)) % 3 != 0;
                assertThat(mayBeForgotten || Commands.done(id).equals(outcomes.get(id))).isTrue();
              }
              default -> assertThat(outcomes).doesNotContainKey(id);
            }
          });
    }
  }
}
