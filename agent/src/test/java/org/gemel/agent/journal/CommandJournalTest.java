package org.gemel.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.wire.protocol.Command;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("B-01")
final class CommandJournalTest {
  @TempDir Path folder;

  @Test
  void sameCommandIsActedOnOnceAndAnsweredAlikeForEver() throws IOException {
    Command command = Commands.start("a", 1, "player");
    try (CommandJournal journal = new CommandJournal(folder)) {
      assertThat(journal.begin(command)).isInstanceOf(Begun.Fresh.class);
      assertThat(journal.begin(command)).isInstanceOf(Begun.Again.class);
      journal.finish(Commands.done("a"));
      journal.finish(Commands.done("a"));
      assertThat(journal.begin(command)).isEqualTo(new Begun.Finished(Commands.done("a")));
    }
    try (CommandJournal journal = new CommandJournal(folder)) {
      assertThat(journal.begin(command)).isEqualTo(new Begun.Finished(Commands.done("a")));
      assertThat(journal.unseenOutcomes()).containsExactly(Commands.done("a"));
      assertThat(journal.forget("a")).isTrue();
      assertThat(journal.forget("a")).isFalse();
    }
    try (CommandJournal journal = new CommandJournal(folder)) {
      assertThat(journal.unseenOutcomes()).isEmpty();
    }
  }

  @Test
  void whatWasBegunBeforeACrashIsKnownAfterIt() throws IOException {
    Command first = Commands.start("a", 1, "player");
    Command second = Commands.start("b", 1, "recorder");
    try (CommandJournal journal = new CommandJournal(folder)) {
      journal.begin(first);
      journal.begin(second);
    }
    try (CommandJournal journal = new CommandJournal(folder)) {
      assertThat(journal.unfinished()).containsExactly(first, second);
      assertThat(journal.begin(first)).isInstanceOf(Begun.Again.class);
      assertThat(journal.forget("a")).isFalse();
      assertThat(journal.unfinished()).containsExactly(first, second);
    }
  }

  @Test
  void controlPointThatNoLongerActsIsRefused() throws IOException {
    try (CommandJournal journal = new CommandJournal(folder)) {
      journal.begin(Commands.start("a", 7, "player"));
      assertThat(refusal(journal, Commands.start("b", 6, "player"))).contains("epoch 6", "epoch 7");
      assertThat(refusal(journal, Commands.start("a", 6, "player"))).contains("epoch 6");
      journal.hear(9);
    }
    try (CommandJournal journal = new CommandJournal(folder)) {
      assertThat(journal.actingEpoch()).isEqualTo(9);
      assertThat(refusal(journal, Commands.start("c", 8, "player"))).contains("epoch 8", "epoch 9");
      assertThat(journal.begin(Commands.start("c", 9, "player"))).isInstanceOf(Begun.Fresh.class);
    }
  }

  @Test
  void successorMayRepeatACommandUnderItsOwnEpoch() throws IOException {
    try (CommandJournal journal = new CommandJournal(folder)) {
      journal.begin(Commands.start("a", 1, "player"));
      assertThat(journal.begin(Commands.start("a", 2, "player"))).isInstanceOf(Begun.Again.class);
      assertThat(journal.actingEpoch()).isEqualTo(2);
      journal.finish(Commands.done("a"));
      assertThat(journal.begin(Commands.start("a", 1, "player")))
          .isEqualTo(new Begun.Finished(Commands.done("a")));
    }
  }

  @Test
  void epochsAreComparedWithoutSign() throws IOException {
    try (CommandJournal journal = new CommandJournal(folder)) {
      journal.hear(-1L);
      assertThat(refusal(journal, Commands.start("a", Long.MAX_VALUE, "player")))
          .contains("18446744073709551615");
    }
  }

  @Test
  void oneIdForTwoThingsIsRefused() throws IOException {
    try (CommandJournal journal = new CommandJournal(folder)) {
      journal.begin(Commands.start("a", 1, "player"));
      assertThat(refusal(journal, Commands.start("a", 1, "recorder"))).contains("id a");
      journal.finish(Commands.done("a"));
      assertThat(refusal(journal, Commands.start("a", 1, "recorder"))).contains("id a");
      assertThat(refusal(journal, Commands.start("", 1, "recorder"))).contains("without an id");
    }
  }

  @Test
  void outcomeMustBelongToACommandAndNeverChanges() throws IOException {
    try (CommandJournal journal = new CommandJournal(folder)) {
      assertThatThrownBy(() -> journal.finish(Commands.done("a")))
          .isInstanceOf(IllegalStateException.class);
      journal.begin(Commands.start("a", 1, "player"));
      journal.finish(Commands.done("a"));
      assertThatThrownBy(
              () -> journal.finish(Commands.done("a").toBuilder().setDone(false).build()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void fileStaysSmallAndLosesNothing() throws IOException {
    Command open = Commands.start("open", 3, "player");
    try (CommandJournal journal = new CommandJournal(folder, 2_000)) {
      journal.begin(open);
      journal.begin(Commands.start("unseen", 3, "player"));
      journal.finish(Commands.done("unseen"));
      for (int i = 0; i < 200; i++) {
        journal.begin(Commands.start("c" + i, 4, "player"));
        journal.finish(Commands.done("c" + i));
        journal.forget("c" + i);
      }
    }
    assertThat(Files.size(folder.resolve("commands.journal"))).isLessThan(4_000);
    try (CommandJournal journal = new CommandJournal(folder)) {
      assertThat(journal.unfinished()).containsExactly(open);
      assertThat(journal.unseenOutcomes()).containsExactly(Commands.done("unseen"));
      assertThat(journal.actingEpoch()).isEqualTo(4);
    }
  }

  @Test
  void secondAgentOnTheSameFolderIsRefused() throws IOException {
    CommandJournal journal = new CommandJournal(folder);
    assertThatThrownBy(() -> new CommandJournal(folder)).hasMessageContaining("another one runs");
    journal.close();
    new CommandJournal(folder).close();
  }

  private static String refusal(CommandJournal journal, Command command) throws IOException {
    Begun begun = journal.begin(command);
    assertThat(begun).isInstanceOf(Begun.Refused.class);
    Begun.Refused refused = (Begun.Refused) begun;
    assertThat(refused.outcome().getDone()).isFalse();
    assertThat(refused.outcome().getCommand()).isEqualTo(command.getId());
    return refused.outcome().getWords();
  }
}
