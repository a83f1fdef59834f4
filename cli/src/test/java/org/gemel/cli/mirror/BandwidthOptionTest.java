package org.gemel.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A mirror is held back as the command line says, or its profile. */
final class BandwidthOptionTest {
  private static final int BYTES = 768 * 1024;

  /** 768 KiB at 512 KiB/s, less the tenth of a second that goes at once. */
  private static final Duration LEAST = Duration.ofMillis(1400);

  private final Path folder;
  private final Path from;
  private final Path to;
  private final StringWriter err = new StringWriter();

  BandwidthOptionTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    from = Files.createDirectory(folder.resolve("from"));
    to = Files.createDirectory(folder.resolve("to"));
    Files.write(from.resolve("content"), new byte[BYTES]);
  }

  @Test
  void theBytesTakeTheTimeThatTheLimitGivesThem() throws Exception {
    assertThat(timed("--bwlimit", "512KiB", from.toString(), to.toString()))
        .isGreaterThanOrEqualTo(LEAST);
    assertThat(to.resolve("content")).hasSize(BYTES);
  }

  @Test
  @Tag("M-55")
  void aProfileHasItsBandwidthUnlessTheCommandLineNamesAnother() throws Exception {
    Path profile = folder.resolve("slow.yaml");
    Files.writeString(profile, "{from: from, to: to, bandwidth: 512KiB/s}");
    assertThat(timed("--profile=" + profile)).isGreaterThanOrEqualTo(LEAST);
    Files.delete(to.resolve("content"));
    // At a byte a second this would not end.
    Files.writeString(profile, "{from: from, to: to, bandwidth: 1B/s}");
    timed("--profile=" + profile, "--bwlimit=1G");
    assertThat(to.resolve("content")).hasSize(BYTES);
  }

  @Test
  void aRateThatIsNoneIsRefusedInWords() {
    for (String none : new String[] {"fast", "0", "-5M"}) {
      assertThat(run("--bwlimit=" + none, from.toString(), to.toString())).isEqualTo(2);
      assertThat(err.toString()).contains("found the rate '" + none + "'").contains("such as 20M");
    }
  }

  private Duration timed(String... arguments) {
    long began = System.nanoTime();
    assertThat(run(arguments)).as(err.toString()).isZero();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private int run(String... arguments) {
    return new CommandLine(new MirrorCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
