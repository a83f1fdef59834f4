package org.gemel.bench.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a tree is what is looked for on its mirror. */
final class ChangingTreeTest {
  private static final ManyFiles SHAPE = new ManyFiles(1000, 8);

  @TempDir private Path folder;

  @Test
  void eachChangeIsSeenWhereItWasMadeAndNotWhereItIsMissing()
      throws IOException, InterruptedException {
    Path main = folder.resolve("main");
    Path backup = folder.resolve("backup");
    SHAPE.make(main);
    SHAPE.make(backup);
    ChangingTree tree = new ChangingTree(main, SHAPE);

    ChangingTree.Burst first = tree.burst(5);

    assertThat(first.sightings()).hasSize(11);
    assertThat(first.bytesWritten()).isPositive();
    for (Sighting sighting : first.sightings()) {
      assertThat(sighting.isSeen(main)).as("%s on main", sighting).isTrue();
      assertThat(sighting.isSeen(backup)).as("%s on the backup", sighting).isFalse();
    }
    for (int burst = 0; burst < 2 * SHAPE.tops(); burst++) {
      for (Sighting sighting : tree.burst(5).sightings()) {
        assertThat(sighting.isSeen(main)).as("%s on main", sighting).isTrue();
      }
    }
    assertThat(tree.change().isSeen(main)).isTrue();
  }
}
