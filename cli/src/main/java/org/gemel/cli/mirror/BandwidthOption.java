package org.gemel.cli.mirror;

import java.util.Optional;
import org.gemel.config.DataRate;
import org.gemel.mirror.MirrorProfileFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How fast content may be moved. */
final class BandwidthOption {
  private static final String NAME = "--bwlimit";

  @Option(
      names = NAME,
      paramLabel = "RATE",
      converter = ByteRate.class,
      description =
          "Move at most so many bytes a second, such as 50M or 1.5GiB, all streams together: content"
              + " written to TO; with agent:// all that goes over the link.")
  private @Nullable Long limit;

  /** Bytes a second; 0 for no limit. */
  long bytesPerSecond(ProfileOption profile) {
    return profile.value(NAME, Optional.ofNullable(limit), BandwidthOption::inFile).orElse(0L);
  }

  private static Optional<Long> inFile(MirrorProfileFile file) {
    return file.bandwidth().map(DataRate::bytesPerSecond);
  }
}
