package org.gemel.bench.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.gemel.bench.tree.ManyFiles;
import org.junit.jupiter.api.Test;

/** The works at full scale, and how far they shrink. */
final class SizesTest {
  @Test
  void fullScaleIsWhatTheFiguresAreAskedFor() {
    Sizes sizes = new Sizes(1);

    assertThat(sizes.largeBytes()).isEqualTo(512L << 20);
    assertThat(sizes.small()).isEqualTo(new ManyFiles(100_000, 4096));
    assertThat(sizes.million().files()).isEqualTo(1_000_000);
    assertThat(sizes.million().folders()).isEqualTo(10_000);
    assertThat(sizes.million().foldersEach() * ManyFiles.A_FOLDER).isEqualTo(10_000);
    assertThat(sizes.bigBytes()).isEqualTo(4L << 30);
    assertThat(sizes.latencies()).isEqualTo(200);
    assertThat(sizes.burst()).isEqualTo(100);
  }

  @Test
  void aSmallScaleKeepsTheShape() {
    Sizes sizes = new Sizes(0.0001);

    assertThat(sizes.million().files()).isEqualTo(1000);
    assertThat(sizes.million().tops()).isGreaterThan(1);
    assertThat(sizes.latencies()).isEqualTo(20);
    assertThat(sizes.pieceBytes() * Sizes.CHANGED_PIECES).isLessThan(sizes.bigBytes());
  }

  @Test
  void aScaleOfNothingIsRefused() {
    assertThatThrownBy(() -> new Sizes(0)).hasMessageContaining("wanted more than 0");
  }

  @Test
  void databasesKeepTheirShapeAtAnyScale() {
    Sizes whole = new Sizes(1);
    assertThat(whole.startRows()).isEqualTo(5_000_000);
    assertThat(whole.steadyScale()).isEqualTo(10);
    assertThat(whole.steady()).isEqualTo(Duration.ofSeconds(30));
    Sizes smoke = new Sizes(0.001);
    assertThat(smoke.startRows()).isEqualTo(20_000);
    assertThat(smoke.steadyScale()).isEqualTo(1);
    assertThat(smoke.steady()).isEqualTo(Duration.ofSeconds(4));
  }
}
