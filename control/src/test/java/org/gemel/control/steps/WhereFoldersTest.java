package org.gemel.control.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pair of databases without folders goes through the workflows; a gap in one side does not. */
@Tag("M-34")
final class WhereFoldersTest {
  private static final List<Step> STEPS =
      List.of(
          step("stop-folder-mirror", "from"),
          step("start-folder-mirror", "from"),
          step("hand-over-folders", "from"),
          step("open-folders", "side"));

  private static Step step(String type, String side) {
    return Catalogue.step(new StepSpec(type, Map.of(side, "X"), ""));
  }

  private record Silent(List<DeviceDocument> devices) implements Site {
    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public Optional<Heard> heard(String device) {
      return Optional.empty();
    }

    @Override
    public long look() {
      return 1;
    }
  }

  private static Reality reality(DeviceDocument... devices) {
    return new Reality(new Silent(List.of(devices)), 1);
  }

  @Test
  void withoutANasHeadNothingIsToDo() {
    for (Step step : STEPS) {
      assertThat(step.check(reality())).as(step.sentence()).isEmpty();
      assertThat(step.verify(reality())).isInstanceOf(Proof.Proven.class);
    }
  }

  @Test
  void aNasHeadOnOneSideThatIsSilentBlocks() {
    DeviceDocument nas =
        new DeviceDocument("nas-x", Attachment.DEDICATED, List.of(Component.NAS_HEAD), Side.X);
    for (Step step : STEPS) {
      assertThat(step.check(reality(nas))).as(step.sentence()).isNotEmpty();
      assertThat(step.verify(reality(nas))).isInstanceOf(Proof.Missing.class);
    }
  }
}
