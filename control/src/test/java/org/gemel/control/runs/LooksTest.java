package org.gemel.control.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.wire.protocol.Report;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a step may begin by what was seen before, and when everybody is asked again. */
@Tag("M-34")
final class LooksTest {
  private static final Duration YOUNG = Duration.ofSeconds(1);

  /** A device that answers every look at once. */
  private static final class Answering implements Site {
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private int asked;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public List<DeviceDocument> devices() {
      return List.of();
    }

    @Override
    public Optional<Heard> heard(String device) {
      return Optional.of(new Heard(Report.newBuilder().setLook(asked).build(), now, true));
    }

    @Override
    public long look() {
      return ++asked;
    }
  }

  private final Answering site = new Answering();
  private final Looks looks = new Looks(site, YOUNG);

  private void read(Reality reality) {
    assertThat(reality.report("database-x")).isPresent();
  }

  @Test
  void theStepAfterAProofBeginsByItsLook() {
    read(looks.anew());
    read(looks.sinceLastOrder());
    assertThat(site.asked).isEqualTo(1);
  }

  @Test
  void anOrderToWhomeverMakesEverybodyLookAgain() {
    read(looks.anew());
    looks.ordered();
    read(looks.sinceLastOrder());
    assertThat(site.asked).isEqualTo(2);
  }

  @Test
  void anOrderGivenWhileOneLookedBelongsToNoLook() {
    Looks[] late = new Looks[1];
    Site ordering =
        new Site() {
          @Override
          public Instant now() {
            return site.now();
          }

          @Override
          public List<DeviceDocument> devices() {
            return List.of();
          }

          @Override
          public Optional<Heard> heard(String device) {
            return site.heard(device);
          }

          @Override
          public long look() {
            late[0].ordered();
            return site.look();
          }
        };
    late[0] = new Looks(ordering, YOUNG);
    read(late[0].anew());
    read(late[0].sinceLastOrder());
    assertThat(site.asked).isEqualTo(2);
  }

  @Test
  void whatIsOldIsNotBelieved() {
    read(looks.anew());
    site.now = site.now.plus(YOUNG).plusMillis(1);
    read(looks.sinceLastOrder());
    assertThat(site.asked).isEqualTo(2);
  }

  @Test
  void aProofIsNeverTakenFromBefore() {
    read(looks.anew());
    read(looks.anew());
    assertThat(site.asked).isEqualTo(2);
  }

  @Test
  void whoReadsNoReportMakesNobodyLook() {
    assertThat(looks.anew().site()).isSameAs(site);
    assertThat(site.asked).isZero();
  }

  @Test
  void oneQuestionIsAnsweredByOneLook() {
    Reality reality = looks.anew();
    read(reality);
    read(reality);
    assertThat(site.asked).isEqualTo(1);
  }
}
