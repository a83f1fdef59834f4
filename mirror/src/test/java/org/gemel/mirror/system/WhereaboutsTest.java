package org.gemel.mirror.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.gemel.mirror.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where inodes are, by their handles. */
@Tag("M-54")
class WhereaboutsTest {
  private static final int LOOKS = 20_000;

  @TempDir private Path path;

  @BeforeEach
  void needRoot() {
    assumeTrue(Shell.isRoot(), "only root may open what a handle names");
  }

  /** Its number is given to another one again and again, which is just being made at some looks. */
  @Test
  void whatIsGoneIsGoneWhileItsNumberIsGivenAgain() throws Exception {
    Path was = Files.createDirectory(path.resolve("was"));
    FileHandle handle;
    try (Folder folder = Folder.openRoot(was.toString())) {
      handle = FileHandle.of(folder);
    }
    Files.delete(was);
    AtomicBoolean over = new AtomicBoolean();
    Thread maker =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!over.get()) {
                    Path made = path.resolve("made");
                    assertThat(made.toFile().mkdir()).isTrue();
                    assertThat(made.toFile().delete()).isTrue();
                  }
                });
    try (Folder mount = Folder.openRoot(path.toString())) {
      for (int look = 0; look < LOOKS; look++) {
        assertThat(Whereabouts.of(mount, handle)).isEqualTo(new Whereabouts.Gone());
      }
    } finally {
      over.set(true);
      maker.join();
    }
  }

  @Test
  void noMemoryForAMomentIsNotTheEnd() throws Exception {
    assumeTrue(InterposedKernel.isPossible(), "calls can be intercepted in tests only");
    AtomicInteger asked = new AtomicInteger();
    try (Folder folder = Folder.openRoot(path.toString());
        InterposedKernel _ =
            InterposedKernel.install(
                call ->
                    call.name().equals("open_by_handle_at") && asked.incrementAndGet() <= 3
                        ? new Answer.Failing(Errno.ENOMEM)
                        : Answer.TRUTH)) {
      assertThat(Whereabouts.of(folder, FileHandle.of(folder)))
          .isEqualTo(new Whereabouts.At(path.toRealPath().toString()));
    }
    assertThat(asked).hasValue(4);
  }
}
