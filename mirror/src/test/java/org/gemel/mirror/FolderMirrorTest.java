package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.gemel.core.Side;
import org.gemel.mirror.MirrorReport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mirror an agent hosts: runs by schedule from the main side, stops at once, turns round. */
@Tag("M-55")
final class FolderMirrorTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
  private final Trees trees;
  private final FolderMirror mirror;

  FolderMirrorTest(@TempDir Path folder) {
    trees = Trees.in(folder);
    TreeRoot x = TreeRoot.of(trees.source());
    TreeRoot y = TreeRoot.of(trees.target());
    InstantSource clock = now::get;
    mirror =
        new FolderMirror(
            List.of(
                FolderProfile.of("wip", x, y, new Schedule.Every(Duration.ofMinutes(1))),
                FolderProfile.of("rest", x, y, new Schedule.Manual())),
            MirrorHost.of(clock, executor));
    trees.inSource("printf one > file");
  }

  @AfterEach
  void end() {
    mirror.close();
    executor.shutdownNow();
  }

  @Test
  void mirrorsBySchedule() {
    assertThat(mirror.status().running()).isFalse();
    mirror.start(Side.X);
    mirror.start(Side.X);
    await(() -> wip().lastSuccess().isPresent());
    trees.proveEqual();
    assertThat(wip().nextDue()).contains(now.get().plusSeconds(60));
    trees.inSource("printf two > file");
    now.set(now.get().plusSeconds(61));
    await(() -> wip().lastSuccess().map(now.get()::equals).orElse(false));
    trees.proveEqual();
    assertThat(wip().lag(now.get())).contains(Duration.ZERO);
    assertThat(mirror.status().profiles().get(1).lastPass()).isEmpty();
  }

  @Test
  void onceStoppedNothingIsMirroredAndTheDirectionCanTurn() {
    mirror.start(Side.X);
    await(() -> wip().lastSuccess().isPresent());
    assertThatThrownBy(() -> mirror.start(Side.Y)).hasMessageContaining("stop it first");
    mirror.stop();
    mirror.stop();
    assertThat(mirror.status().running()).isFalse();
    assertThatThrownBy(() -> mirror.runOnce("wip")).hasMessageContaining("start it");
    trees.inTarget("printf 'from Y' > file; rm -f other");
    now.set(now.get().plusSeconds(3600));
    mirror.step(now.get());
    assertThat(trees.source().resolve("file")).hasContent("one");
    mirror.start(Side.Y);
    await(() -> wip().lastSuccess().isPresent());
    assertThat(trees.source().resolve("file")).hasContent("from Y");
    trees.proveEqual();
  }

  @Test
  void aPassByHandReportsAndAFailureIsSaidInWords() {
    assertThat(mirror.runOnce("rest", Side.X).outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
    mirror.start(Side.X);
    // The scheduled pass of the other profile looks at the same tree: it must be over.
    await(() -> wip().lastSuccess().isPresent());
    assertThat(mirror.runOnce("rest").outcome()).isEqualTo(Outcome.COMPLETE);
    trees.inSource("rm file");
    MirrorReport report = mirror.runOnce("rest");
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    ProfileStatus status = mirror.status().profiles().get(1);
    assertThat(status.lastFailure().orElseThrow()).contains("empty source");
    assertThat(status.lastSuccess()).isPresent();
    assertThatThrownBy(() -> mirror.runOnce("nothing")).hasMessageContaining("[wip, rest]");
  }

  private ProfileStatus wip() {
    return mirror.status().profiles().getFirst();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
