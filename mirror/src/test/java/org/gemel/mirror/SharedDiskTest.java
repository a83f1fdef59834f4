package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.core.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several profiles on one disk: who mirrors when, with time and threads in the test's hand. */
@Tag("M-55")
final class SharedDiskTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private final HandExecutor executor = new HandExecutor();
  private final List<EndedPass> passes = new ArrayList<>();
  private final FolderMirror mirror;

  SharedDiskTest(@TempDir Path folder) throws Exception {
    List<FolderProfile> profiles = new ArrayList<>();
    for (String name : List.of("hourly", "a", "b", "c")) {
      Path x = Files.createDirectories(folder.resolve("x").resolve(name));
      Path y = Files.createDirectories(folder.resolve("y").resolve(name));
      Files.writeString(x.resolve("file"), name);
      Duration every = name.equals("hourly") ? Duration.ofHours(1) : Duration.ofMinutes(1);
      profiles.add(
          FolderProfile.of(name, TreeRoot.of(x), TreeRoot.of(y), new Schedule.Every(every)));
    }
    mirror = new FolderMirror(profiles, MirrorHost.of(now::get, executor).withHistory(kept()));
  }

  private PassHistory kept() {
    return new PassHistory() {
      @Override
      public void ended(EndedPass pass) {
        passes.add(pass);
      }

      @Override
      public Optional<EndedPass> lastComplete(String profile, Side from) {
        return Optional.empty();
      }
    };
  }

  @AfterEach
  void end() {
    mirror.close();
    executor.shutdownNow();
  }

  @Test
  void twoPassesAreAtWorkTogetherAndTheOthersFollowInTheOrderTheyWereDue() {
    mirror.start(Side.X);
    mirror.step(now.get());
    mirror.step(now.get());
    assertThat(executor.given()).isEqualTo(2);
    assertThat(waiting()).containsExactly("b", "c");

    executor.runNext();
    assertThat(executor.given()).as("the place is taken at once").isEqualTo(2);
    assertThat(waiting()).containsExactly("c");
    executor.runAll();
    assertThat(ended()).containsExactly("hourly", "a", "b", "c");
  }

  @Test
  void aProfileThatIsDueAllTheTimeDoesNotKeepTheOthersWaiting() {
    mirror.start(Side.X);
    mirror.step(now.get());
    executor.runAll();
    passes.clear();
    for (int minute = 0; minute < 60; minute++) {
      now.updateAndGet(at -> at.plusSeconds(60));
      mirror.step(now.get());
      executor.runNext(); // The disk is slow: less is done than is due.
    }
    assertThat(ended().stream().filter("a"::equals).count()).isBetween(19L, 21L);
    assertThat(ended().stream().filter("b"::equals).count()).isBetween(19L, 21L);
    assertThat(ended().stream().filter("c"::equals).count()).isBetween(19L, 21L);
    executor.runAll();
    assertThat(ended()).as("the hourly one came to its turn").contains("hourly");
  }

  @Test
  void aPassThatSomebodyAsksForDoesNotWait() {
    mirror.start(Side.X);
    mirror.step(now.get());
    assertThat(mirror.runOnce("c").outcome()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    assertThat(ended()).containsExactly("c");
  }

  @Test
  void whatWaitsWhenTheMirrorIsStoppedDoesNotBegin() {
    mirror.start(Side.X);
    mirror.step(now.get());
    mirror.stop();
    executor.runAll();
    assertThat(passes).isEmpty();
    mirror.start(Side.Y);
    mirror.step(now.get());
    executor.runAll();
    assertThat(passes).extracting(EndedPass::from).containsOnly(Side.Y).hasSize(4);
  }

  private List<String> waiting() {
    return mirror.status().profiles().stream()
        .filter(ProfileStatus::waiting)
        .map(ProfileStatus::profile)
        .toList();
  }

  private List<String> ended() {
    return passes.stream().map(EndedPass::profile).toList();
  }
}
