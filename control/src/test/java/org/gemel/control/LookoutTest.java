package org.gemel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Site;
import org.gemel.control.status.ReplicationDoubt;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.wire.protocol.Report;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-15")
final class LookoutTest {
  private static final Instant HEARD = Instant.parse("2026-11-21T03:00:00Z");

  private Instant now = HEARD;
  private final AtomicInteger told = new AtomicInteger();
  private final Lookout watch =
      new Lookout(new OneDevice(), new ReplicationDoubt(), told::incrementAndGet);

  private final class OneDevice implements Site {
    @Override
    public Instant now() {
      return now;
    }

    @Override
    public List<DeviceDocument> devices() {
      return List.of(
          new DeviceDocument("edit-1", Attachment.SWITCHABLE, List.of(Component.EDITOR), null));
    }

    @Override
    public Optional<Heard> heard(String device) {
      return Optional.of(new Heard(Report.getDefaultInstance(), HEARD, true));
    }

    @Override
    public long look() {
      return 0;
    }
  }

  @Test
  void aDeviceThatFallsSilentIsToldOnceAndWithinThreeSeconds() {
    watch.look();
    assertThat(told).as("it was heard").hasValue(1);
    now = HEARD.plus(Site.SILENCE);
    watch.look();
    assertThat(told).as("it is still believed").hasValue(1);
    now = HEARD.plus(Duration.ofMillis(2_750));
    watch.look();
    watch.look();
    assertThat(told).as("silent, and said so once").hasValue(2);
  }
}
