package org.gemel.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.gemel.agent.journal.CommandJournal;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Command.ActionCase;
import org.gemel.wire.protocol.HoldDatabase;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Progress;
import org.gemel.wire.protocol.Publish;
import org.gemel.wire.protocol.ReadPosition;
import org.gemel.wire.protocol.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("B-01")
class CommandDeskTest {
  /** Acts only when let. */
  private static final class Slow implements DevicePart {
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final Semaphore may = new Semaphore(0);

    @Override
    public Set<ActionCase> actions() {
      return Set.of(ActionCase.PUBLISH, ActionCase.READ_POSITION);
    }

    @Override
    public Optional<String> lane(ActionCase action) {
      return action == ActionCase.PUBLISH ? Optional.of("database") : Optional.empty();
    }

    @Override
    public Optional<String> lane(Command command) {
      return command.getPublish().getWithoutList().contains("beside")
          ? Optional.empty()
          : lane(command.getActionCase());
    }

    @Override
    public Outcome.Builder perform(Command command, Stages stages) throws InterruptedException {
      begun.add(command.getId());
      if (command.hasPublish()) {
        stages.at("waiting");
        may.acquire();
      }
      return Outcomes.done("did " + command.getId());
    }

    @Override
    public void report(Report.Builder report) {}
  }

  private static final class Told implements CommandDesk.Answers {
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Progress> progress = new LinkedBlockingQueue<>();

    @Override
    public void outcome(Outcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public void progress(Progress stage) {
      progress.add(stage);
    }

    @Override
    public void broken(IOException cause) {
      throw new AssertionError(cause);
    }

    Outcome next() throws InterruptedException {
      var outcome = outcomes.poll(20, TimeUnit.SECONDS);
      assertThat(outcome).isNotNull();
      return outcome;
    }

    void awaitProgress() throws InterruptedException {
      assertThat(progress.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @TempDir private Path folder;
  private CommandJournal journal;
  private Slow part;
  private Told told;
  private CommandDesk desk;

  @BeforeEach
  void start() throws IOException {
    journal = new CommandJournal(folder);
    part = new Slow();
    told = new Told();
    desk = new CommandDesk(journal, List.of(part), told);
    desk.resume();
  }

  @AfterEach
  void end() throws Exception {
    desk.end();
    journal.close();
  }

  @Test
  void theSameCommandTwiceIsDoneOnce() throws Exception {
    desk.accept(publish("a"));
    told.awaitProgress();
    desk.accept(publish("a"));
    assertThat(desk.underWay()).containsExactly("a");
    part.may.release(2);
    var outcome = told.next();
    assertThat(outcome.getWords()).isEqualTo("did a");

    desk.accept(publish("a"));
    assertThat(told.next()).isEqualTo(outcome);
    assertThat(part.begun).containsExactly("a");
    assertThat(desk.underWay()).isEmpty();
    assertThat(desk.unseen()).containsExactly(outcome);
    desk.seen("a");
    assertThat(desk.unseen()).isEmpty();
  }

  @Test
  void whatWasCutOffGoesOnAfterARestart() throws Exception {
    desk.accept(publish("a"));
    desk.accept(publish("b"));
    told.awaitProgress();
    end();
    assertThat(told.outcomes).isEmpty();

    start();
    part.may.release(2);
    assertThat(told.next().getWords()).isEqualTo("did a");
    assertThat(told.next().getWords()).isEqualTo("did b");
    assertThat(part.begun).containsExactly("a", "b");
  }

  @Test
  void oneSubjectGoesInOrderAndAWaitStandsInNobodysWay() throws Exception {
    desk.accept(publish("a"));
    told.awaitProgress();
    desk.accept(publish("b"));
    desk.accept(
        Command.newBuilder()
            .setId("look")
            .setReadPosition(ReadPosition.getDefaultInstance())
            .build());
    assertThat(told.next().getCommand()).isEqualTo("look");
    assertThat(part.begun).containsExactly("a", "look");
    part.may.release(2);
    assertThat(told.next().getCommand()).isEqualTo("a");
    assertThat(told.next().getCommand()).isEqualTo("b");
  }

  @Test
  void ofCommandsOfOneKindOneMayRunBesideTheOthers() throws Exception {
    desk.accept(publish("a"));
    told.awaitProgress();
    desk.accept(
        Command.newBuilder()
            .setId("other")
            .setPublish(Publish.newBuilder().addWithout("beside"))
            .build());
    told.awaitProgress();
    assertThat(part.begun).containsExactly("a", "other");
    part.may.release(2);
    assertThat(List.of(told.next().getCommand(), told.next().getCommand()))
        .containsExactlyInAnyOrder("a", "other");
  }

  @Test
  void whatTheDeviceHasNoPartForIsRefusedInWords() throws Exception {
    desk.accept(
        Command.newBuilder()
            .setId("hold")
            .setHoldDatabase(HoldDatabase.getDefaultInstance())
            .build());
    var outcome = told.next();
    assertThat(outcome.getDone()).isFalse();
    assertThat(outcome.getWords()).contains("HOLD_DATABASE at a device that has no part for it");
  }

  private static Command publish(String id) {
    return Command.newBuilder().setId(id).setPublish(Publish.getDefaultInstance()).build();
  }
}
