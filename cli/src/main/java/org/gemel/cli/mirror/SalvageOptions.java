package org.gemel.cli.mirror;

import java.time.Duration;
import org.gemel.mirror.SalvageLimits;
import org.gemel.mirror.VolumeShare;
import picocli.CommandLine.Option;

/** The limits of the salvage area. */
final class SalvageOptions {
  @Option(
      names = "--salvage-size",
      paramLabel = "10%|50G",
      converter = ShareText.class,
      description =
          "With --delete=salvage: how much is kept at most, the newest (default: 10%% of the volume).")
  private VolumeShare size = SalvageLimits.DEFAULT.size();

  @Option(
      names = "--salvage-age",
      paramLabel = "30d",
      converter = AgeText.class,
      description = "With --delete=salvage: how long it is kept at most (default: 30d).")
  private Duration age = SalvageLimits.DEFAULT.age();

  @Option(
      names = "--salvage-free",
      paramLabel = "10%|50G",
      converter = ShareText.class,
      description =
          "With --delete=salvage: what must be free on the volume for anything to be kept (default: 10%%).")
  private VolumeShare free = SalvageLimits.DEFAULT.leastFree();

  SalvageLimits limits() {
    return new SalvageLimits(size, age, free);
  }
}
