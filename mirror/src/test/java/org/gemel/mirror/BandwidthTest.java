package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.gemel.mirror.MirrorReport.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pass moves content no faster than it may, wherever the content goes. */
final class BandwidthTest {
  private static final long RATE = 1 << 20;
  private static final long LARGE = 3 << 20;
  private static final long SMALL = 40 * 30_000;

  /** What is let through at once at the begin. */
  private static final double BUCKET = 0.1;

  private final SteppedTime time = new SteppedTime();
  private final Trees trees;

  BandwidthTest(@TempDir Path folder) {
    trees = Trees.in(folder);
  }

  @BeforeEach
  void oneLargeFileAndManySmallOnes() {
    trees.inSource(
        """
        head -c 3145728 /dev/urandom > large
        mkdir sub
        for i in $(seq 40); do head -c 30000 /dev/urandom > sub/$i; done
        """);
  }

  @Test
  void aPassBetweenFoldersTakesAsLongAsItsBytesNeed() {
    MirrorReport report =
        TreeMirror.run(trees.request().withRate(time.limit(RATE)), MirrorListener.NONE);
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
    assertThat(time.seconds()).isCloseTo(seconds(LARGE + SMALL) - BUCKET, within(0.02));
  }

  @Test
  void aPassToAServerTakesAsLongAsItsBytesNeed() {
    MirrorRequest request = trees.request().withRate(time.limit(RATE));
    RemoteReport report =
        new RemoteTrees(trees, new MemoryServer()).mirror(request, MirrorListener.NONE);
    assertThat(report.pass().outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    assertThat(time.seconds()).isCloseTo(seconds(LARGE + SMALL) - BUCKET, within(0.02));
  }

  @Test
  void passesOfOneLimitKeepToItTogether() {
    RateLimit shared = time.limit(RATE);
    for (int pass = 0; pass < 50; pass++) {
      trees.inSource("head -c 30000 /dev/urandom > new" + pass);
      TreeMirror.run(trees.request().withRate(shared), MirrorListener.NONE);
    }
    assertThat(time.seconds())
        .isCloseTo(seconds(LARGE + SMALL + 50 * 30_000) - BUCKET, within(0.02));
  }

  @Test
  void holesCostNothing() {
    trees.inSource("rm -r large sub; truncate -s 40M hole; printf x >> hole");
    TreeMirror.run(trees.request().withRate(time.limit(RATE)), MirrorListener.NONE);
    trees.proveEqual();
    assertThat(time.seconds()).isLessThan(1);
  }

  @Test
  void aPassThatIsHeldBackEndsWhenItIsToStop() {
    MirrorReport report =
        TreeMirror.run(
            trees.request().withRate(time.limit(RATE)),
            new MirrorListener() {
              @Override
              public boolean stopRequested() {
                return time.seconds() >= 1;
              }
            });
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.counts().bytesMoved()).isLessThan(2 * RATE);
  }

  private static double seconds(long bytes) {
    return (double) bytes / RATE;
  }
}
