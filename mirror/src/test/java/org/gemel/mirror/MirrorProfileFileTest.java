package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import org.gemel.config.ConfigurationFault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("M-55")
final class MirrorProfileFileTest {
  @TempDir private Path folder;

  @Test
  void sourceTargetFiltersOptionsAndScheduleAreReadAndPathsAreSeenFromTheFile() throws Exception {
    MirrorProfileFile read =
        read(
            """
            from: Projects
            to: /media/y/Projects
            exclude: ["*.tmp", /cache/]
            include: ["/cache/keep"]
            delete: keep
            allowDelete: 5000
            marker: .gemel-volume
            schedule: every 30m
            bandwidth: 50MiB/s
            streams: 4
            index: state/index
            checksum: true
            """);
    assertThat(read.from()).isEqualTo(folder + "/Projects");
    assertThat(read.to()).isEqualTo("/media/y/Projects");
    assertThat(read.index()).contains(folder + "/state/index");
    assertThat(read.filters().excludes()).hasSize(2);
    assertThat(read.filters().includes()).hasSize(1);
    assertThat(read.delete()).isEqualTo(DeletePolicy.KEEP);
    assertThat(read.allowDelete()).contains(5000L);
    assertThat(read.marker()).contains(".gemel-volume");
    assertThat(read.schedule().in(ZoneOffset.UTC))
        .isEqualTo(new Schedule.Every(Duration.ofMinutes(30)));
    assertThat(read.bandwidth().orElseThrow().bytesPerSecond()).isEqualTo(50L << 20);
    assertThat(read.streams()).contains(4);
    assertThat(read.checksum()).isTrue();
  }

  @Test
  void whatIsNotNamedIsThePlainestMirror() throws Exception {
    MirrorProfileFile read = read("{from: a, to: 'sftp://host/b', index: none}");
    assertThat(read.to()).isEqualTo("sftp://host/b");
    assertThat(read.index()).contains(MirrorProfileFile.NO_INDEX);
    assertThat(read.delete()).isEqualTo(DeletePolicy.MIRROR);
    assertThat(read.schedule().in(ZoneOffset.UTC)).isEqualTo(new Schedule.Manual());
    assertThat(read.filters()).isEqualTo(FilterRules.NONE);
    assertThat(read.checksum()).isFalse();
    assertThat(read.allowDelete()).isEmpty();
  }

  @Test
  void everyFaultIsNamedWithItsPlaceAndWhatWasProbablyMeant() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    from: a
                    exlude: ["*.tmp"]
                    include: ["a//b"]
                    delete: mirrored
                    schedule: evry 5m
                    bandwidth: fast
                    """))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("profile.yaml")
        .hasMessageContaining("to: found nothing")
        .hasMessageContaining("2:1")
        .hasMessageContaining("did you mean 'exclude'?")
        .hasMessageContaining("3:11")
        .hasMessageContaining("wanted names between its slashes")
        .hasMessageContaining("wanted one of mirror")
        .hasMessageContaining("did you mean 'every'?")
        .hasMessageContaining("wanted a rate such as");
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> read("{from: a, to: b, streams: 0}"))
        .hasMessageContaining("streams: 0, wanted 1 to 64");
    assertThatThrownBy(() -> read("{from: a, to: b, streams: 65}"))
        .hasMessageContaining("streams: 65, wanted 1 to 64");
    assertThatThrownBy(() -> read("{from: a, to: b, allowDelete: -1}"))
        .hasMessageContaining("wanted 0 or more");
    assertThatThrownBy(() -> read("{from: a, to: b, bandwidth: 0B/s}"))
        .hasMessageContaining("rate of nothing");
  }

  private MirrorProfileFile read(String text) throws IOException, ConfigurationFault {
    Path file = folder.resolve("profile.yaml");
    Files.writeString(file, text);
    return MirrorProfileFile.load(file);
  }
}
