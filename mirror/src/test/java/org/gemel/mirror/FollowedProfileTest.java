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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A continuous profile whose changes somebody tells, with time and threads in the test's hand. */
@Tag("M-55")
final class FollowedProfileTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  /** Says what the test wants to have changed, and mirrors by looking at everything. */
  private static final class Told implements Follower, FollowSession {
    private final List<String> heard = new ArrayList<>();
    private Optional<Instant> change = Optional.empty();
    private boolean failing;
    private boolean mute;
    private boolean over;
    private @Nullable MirrorRequest request;
    private @Nullable Runnable changed;

    @Override
    public Optional<FollowSession> open(MirrorRequest request, Runnable changed) {
      heard.add("open");
      over = false;
      this.request = request;
      this.changed = changed;
      return mute ? Optional.empty() : Optional.of(this);
    }

    void change(Instant at) {
      change = Optional.of(at);
      changed.run();
    }

    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public Optional<Instant> oldestChange() {
      return change;
    }

    @Override
    public MirrorReport catchUp(boolean whole, MirrorListener listener) {
      heard.add(whole ? "whole" : "changes");
      if (failing) {
        return MirrorReport.refusedUntouched(new Refusal("the target is full", Optional.empty()));
      }
      change = Optional.empty();
      return TreeMirror.run(request, listener);
    }

    @Override
    public void close() {
      heard.add("close");
    }
  }

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final HandExecutor executor = new HandExecutor();
  private final List<EndedPass> history = new ArrayList<>();
  private final Told told = new Told();
  @TempDir private Path folder;
  private FolderMirror mirror;

  @BeforeEach
  void twoFollowedProfiles() throws Exception {
    Path x = Files.createDirectory(folder.resolve("x"));
    Path y = Files.createDirectory(folder.resolve("y"));
    Files.writeString(x.resolve("file"), "one");
    mirror =
        new FolderMirror(
            List.of(
                FolderProfile.of(
                    "wip",
                    TreeRoot.of(x),
                    TreeRoot.of(y),
                    new Schedule.Continuous(Duration.ofHours(24)))),
            MirrorHost.of(now::get, executor)
                .withFollower(told)
                .withHistory(
                    new PassHistory() {
                      @Override
                      public void ended(EndedPass pass) {
                        history.add(pass);
                      }

                      @Override
                      public Optional<EndedPass> lastComplete(String profile, Side from) {
                        return Optional.empty();
                      }
                    }));
  }

  @AfterEach
  void end() {
    mirror.close();
    executor.shutdownNow();
  }

  @Test
  void aChangeIsMirroredAtOnceAndAnIdleTreeIsLeftAlone() throws Exception {
    begin();
    assertThat(told.heard).containsExactly("open", "whole");
    later(Duration.ofMinutes(10));
    assertThat(told.heard).as("nothing changed").containsExactly("open", "whole");
    assertThat(wip().lag(now.get())).contains(Duration.ZERO);
    assertThat(wip().following()).isTrue();

    Files.writeString(folder.resolve("x/file"), "two");
    told.change(now.get());
    now.updateAndGet(at -> at.plusMillis(40));
    assertThat(wip().lag(now.get())).contains(Duration.ofMillis(40));
    executor.runAll();
    assertThat(folder.resolve("y/file")).hasContent("two");
    assertThat(told.heard).containsExactly("open", "whole", "changes");
    assertThat(wip().lag(now.get())).contains(Duration.ZERO);
    assertThat(history).as("followed changes fill no history").hasSize(1);
  }

  @Test
  void aRootThatHasGoneIsFollowedAnewWithALookAtEverything() throws Exception {
    begin();
    Files.writeString(folder.resolve("x/file"), "two");
    told.over = true;
    told.change(now.get());
    executor.runAll();
    assertThat(told.heard).containsExactly("open", "whole", "close", "open", "whole");
    assertThat(folder.resolve("y/file")).hasContent("two");
  }

  @Test
  void onceADayTheWholeTreeIsLookedAtForWhatWasNeverTold() {
    begin();
    later(Duration.ofHours(23));
    assertThat(told.heard).containsExactly("open", "whole");
    later(Duration.ofHours(1));
    assertThat(told.heard).containsExactly("open", "whole", "whole");
  }

  @Test
  void whatFailsIsTriedAgainWithARestAndSaidOnce() {
    begin();
    told.failing = true;
    told.change(now.get());
    executor.runAll();
    executor.runAll();
    assertThat(told.heard).containsExactly("open", "whole", "changes");
    for (int second = 0; second < 5; second++) {
      later(Duration.ofSeconds(1));
    }
    assertThat(told.heard).hasSize(8);
    assertThat(history).hasSize(2);
    assertThat(wip().lastFailure()).contains("the target is full");
    assertThat(wip().lag(now.get())).contains(Duration.ofSeconds(5));
    told.failing = false;
    later(Duration.ofSeconds(1));
    assertThat(wip().lastFailure()).isEmpty();
    assertThat(wip().lag(now.get())).contains(Duration.ZERO);
  }

  @Test
  void aWholeLookThatFailedIsNotPutOffByADay() {
    told.failing = true;
    begin();
    later(Duration.ofSeconds(30));
    assertThat(told.heard).containsExactly("open", "whole");
    later(Duration.ofSeconds(30));
    assertThat(told.heard).containsExactly("open", "whole", "whole");
  }

  @Test
  void whereNothingTellsOfChangesPassFollowsPass() {
    told.mute = true;
    begin();
    later(Duration.ofSeconds(1));
    later(Duration.ofSeconds(1));
    assertThat(history).hasSize(3);
    assertThat(wip().following()).isFalse();
  }

  @Test
  void aStoppedMirrorHearsNoMoreAndAPausedOneOnlyListens() {
    begin();
    mirror.pause(Pauses.NONE.with(Optional.of("wip"), now.get()));
    told.change(now.get());
    later(Duration.ofSeconds(9));
    assertThat(told.heard).containsExactly("open", "whole");
    assertThat(wip().lag(now.get())).contains(Duration.ofSeconds(9));
    mirror.pause(Pauses.NONE);
    later(Duration.ofSeconds(1));
    assertThat(told.heard).containsExactly("open", "whole", "changes");
    mirror.stop();
    told.change(now.get());
    executor.runAll();
    assertThat(told.heard).endsWith("changes", "close");
  }

  private void begin() {
    mirror.start(Side.X);
    later(Duration.ZERO);
  }

  private void later(Duration by) {
    now.updateAndGet(at -> at.plus(by));
    mirror.step(now.get());
    executor.runAll();
  }

  private ProfileStatus wip() {
    return mirror.status().profiles().getFirst();
  }
}
