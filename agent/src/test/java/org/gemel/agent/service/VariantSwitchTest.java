package org.gemel.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.agent.base.Answer;
import org.gemel.agent.base.DurableFile;
import org.gemel.core.Side;
import org.gemel.wire.protocol.WireSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("M-22")
final class VariantSwitchTest {
  private static final String X = "server: x\n";
  private static final String Y = "server: y, and longer\n";

  @TempDir Path folder;
  private ServiceSupervisor supervisor;
  private Path active;

  @BeforeEach
  void begin() throws IOException {
    active = Files.writeString(folder.resolve("browse.conf"), X);
    Path x = Files.writeString(folder.resolve("browse.conf.x"), X);
    Path y = Files.writeString(folder.resolve("browse.conf.y"), Y);
    ServiceSettings browse =
        new ServiceSettings(
            "browse",
            List.of("sleep", "1000"),
            folder,
            Map.of(),
            folder.resolve("log"),
            Optional.of(new ServiceVariants(active, x, y)),
            ServiceSettings.DEFAULT_GRACE);
    supervisor = Bench.supervise(folder, browse, Bench.shell(folder, "plain", "sleep 1000"));
    supervisor.stopAll();
  }

  @AfterEach
  void end() {
    supervisor.shutDown();
  }

  @Test
  @Tag("M-14")
  void pointsAtTheOtherSideAndBack() throws IOException {
    Files.setPosixFilePermissions(active, PosixFilePermissions.fromString("rw-r-----"));
    VariantSwitch variants = new VariantSwitch(supervisor);
    assertThat(variants.pointsAt("browse")).contains(Side.X);
    assertThat(variants.select("browse", Side.Y).done()).isTrue();
    assertThat(Files.readString(active)).isEqualTo(Y);
    assertThat(supervisor.states().getFirst().getPointsAt()).isEqualTo(WireSide.SIDE_Y);
    assertThat(variants.select("browse", Side.Y).done()).isTrue();
    assertThat(variants.select("browse", Side.X).done()).isTrue();
    assertThat(Files.readString(active)).isEqualTo(X);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(active)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void isRefusedWhileTheServiceRuns() throws IOException {
    VariantSwitch variants = new VariantSwitch(supervisor);
    supervisor.start("browse");
    Answer answer = variants.select("browse", Side.Y);
    assertThat(answer.done()).isFalse();
    assertThat(answer.words()).contains("browse RUNNING", "stop it first");
    assertThat(Files.readString(active)).isEqualTo(X);
  }

  @Test
  void activeIsWholeAfterACrashAtAnyStepAndTheNextTryWorks() throws IOException {
    for (DurableFile.Step crash : DurableFile.Step.values()) {
      Files.writeString(active, X);
      Answer crashed = new VariantSwitch(supervisor, crashAfter(crash)).select("browse", Side.Y);
      assertThat(crashed.done()).as("%s", crash).isFalse();
      boolean renamed = crash.compareTo(DurableFile.Step.RENAMED) >= 0;
      assertThat(Files.readString(active)).as("%s", crash).isEqualTo(renamed ? Y : X);
      assertThat(new VariantSwitch(supervisor).select("browse", Side.Y).done()).isTrue();
      assertThat(Files.readString(active)).isEqualTo(Y);
      assertThat(DurableFile.beside(active)).doesNotExist();
    }
  }

  @Test
  void whatEqualsNeitherVariantPointsNowhere() throws IOException {
    Files.writeString(active, "server: z\n");
    VariantSwitch variants = new VariantSwitch(supervisor);
    assertThat(variants.pointsAt("browse")).isEmpty();
    assertThat(supervisor.states().getFirst().getPointsAt()).isEqualTo(WireSide.SIDE_UNSPECIFIED);
    Files.delete(active);
    assertThat(variants.pointsAt("browse")).isEmpty();
    assertThat(variants.select("browse", Side.Y).done()).isTrue();
  }

  @Test
  void variantsThatAreAlikeOrMissingAreRefused() throws IOException {
    VariantSwitch variants = new VariantSwitch(supervisor);
    assertThat(variants.select("plain", Side.Y).words()).contains("no variants");
    Files.writeString(folder.resolve("browse.conf.y"), X);
    assertThat(variants.select("browse", Side.Y).words()).contains("same content");
    Files.delete(folder.resolve("browse.conf.y"));
    assertThat(variants.select("browse", Side.Y).words()).contains("browse.conf.y");
    assertThat(Files.readString(active)).isEqualTo(X);
  }

  private static DurableFile.Watch crashAfter(DurableFile.Step last) {
    return step -> {
      if (step == last) {
        throw new IOException("crash after " + step);
      }
    };
  }
}
