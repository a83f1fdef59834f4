package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.core.Side;
import org.gemel.mirror.MirrorReport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror that is paused, whole or in part, with time and threads in the test's hand. */
@Tag("M-55")
final class PausedMirrorTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final AtomicReference<Runnable> inPass = new AtomicReference<>(() -> {});
  private final HandExecutor executor = new HandExecutor();
  private final Path y;
  private final FolderMirror mirror;

  PausedMirrorTest(@TempDir Path folder) throws Exception {
    y = folder.resolve("y");
    mirror =
        new FolderMirror(
            List.of(profile(folder, "wip"), profile(folder, "rest")),
            MirrorHost.of(now::get, executor)
                .withGuard(
                    main -> {
                      inPass.get().run();
                      return Optional.empty();
                    }));
    mirror.start(Side.X);
  }

  private static FolderProfile profile(Path folder, String name) throws Exception {
    Path x = Files.createDirectories(folder.resolve("x").resolve(name));
    Path y = Files.createDirectories(folder.resolve("y").resolve(name));
    Files.writeString(x.resolve("file"), name);
    return FolderProfile.of(
        name, TreeRoot.of(x), TreeRoot.of(y), new Schedule.Every(Duration.ofMinutes(1)));
  }

  @AfterEach
  void end() {
    mirror.close();
    executor.shutdownNow();
  }

  @Test
  void aPausedProfileMakesNoPassWhileTheOthersGoOn() {
    pause("wip");
    runWhatIsDue();
    assertThat(y.resolve("wip/file")).doesNotExist();
    assertThat(y.resolve("rest/file")).exists();
    assertThat(wip().pausedSince()).contains(NOON);
    assertThat(wip().nextDue()).isEmpty();

    mirror.pause(mirror.pauses().without(Optional.of("wip")));
    runWhatIsDue();
    assertThat(y.resolve("wip/file")).exists();
    assertThat(wip().pausedSince()).isEmpty();
  }

  @Test
  void aPausedMirrorMakesNoneAtAllUntilItIsResumedWithAllItsProfiles() {
    pause("wip");
    now.set(NOON.plusSeconds(5));
    pause("");
    pause("");
    runWhatIsDue();
    assertThat(y.resolve("rest/file")).doesNotExist();
    assertThat(mirror.status().pausedSince()).contains(NOON.plusSeconds(5));
    assertThat(wip().pausedSince()).as("the longer pause counts").contains(NOON);
    mirror.pause(mirror.pauses().without(Optional.of("wip")));
    assertThat(wip().pausedSince()).contains(NOON.plusSeconds(5));

    mirror.pause(mirror.pauses().without(Optional.empty()));
    runWhatIsDue();
    assertThat(y.resolve("wip/file")).exists();
    assertThat(y.resolve("rest/file")).exists();
  }

  @Test
  void whatWasToBeginDoesNotOnceItIsPaused() {
    mirror.step(now.get());
    pause("");
    executor.runAll();
    assertThat(y.resolve("wip/file")).doesNotExist();
    assertThat(y.resolve("rest/file")).doesNotExist();
  }

  @Test
  void aPassThatSomebodyAsksForIsMadeAllTheSame() {
    pause("");
    assertThat(mirror.runOnce("wip").outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(y.resolve("wip/file")).exists();
  }

  @Test
  void thePassAtWorkGoesOnToItsEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch paused = new CountDownLatch(1);
    inPass.set(
        () -> {
          begun.countDown();
          await(paused);
        });
    mirror.step(now.get());
    Thread pass = Thread.ofPlatform().start(executor::runNext);
    await(begun);
    pause("");
    assertThat(wip().atWork()).isPresent();
    paused.countDown();
    pass.join();
    assertThat(wip().lastPass().orElseThrow().outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void thePassAtWorkIsEndedIfThatIsAskedForAndLeavesNothingHalfDone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Thread asking = Thread.currentThread();
    inPass.set(
        () -> {
          begun.countDown();
          // Until the one who asked waits for the end of this very pass.
          while (asking.getState() != Thread.State.WAITING || mirror.pauses().all().isEmpty()) {
            Thread.onSpinWait();
          }
        });
    mirror.step(now.get());
    Thread pass = Thread.ofPlatform().start(executor::runNext);
    while (begun.getCount() > 0) {
      Thread.onSpinWait();
    }
    pause("");
    mirror.endPaused();
    assertThat(wip().lastPass().orElseThrow().outcome()).isEqualTo(Outcome.STOPPED);
    pass.join();
    assertThat(y.resolve("wip")).isEmptyDirectory();
    inPass.set(() -> {});
    mirror.pause(Pauses.NONE);
    runWhatIsDue();
    now.set(NOON.plusSeconds(60));
    runWhatIsDue();
    assertThat(y.resolve("wip/file")).hasContent("wip");
  }

  private void pause(String profile) {
    mirror.pause(
        mirror
            .pauses()
            .with(profile.isEmpty() ? Optional.empty() : Optional.of(profile), now.get()));
  }

  private void runWhatIsDue() {
    mirror.step(now.get());
    executor.runAll();
  }

  private ProfileStatus wip() {
    return mirror.status().profiles().getFirst();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
