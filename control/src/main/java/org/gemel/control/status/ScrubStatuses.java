package org.gemel.control.status;

import java.time.Duration;
import java.time.Instant;
import org.gemel.control.api.FolderScrubStatus;
import org.gemel.control.api.FolderScrubStatus.Certificate;
import org.gemel.control.api.FolderScrubStatus.Round;
import org.gemel.control.api.Lamp;
import org.gemel.wire.protocol.FolderCertificate;
import org.gemel.wire.protocol.FolderScrub;
import org.gemel.wire.protocol.ScrubRound;
import org.jspecify.annotations.Nullable;

/** How the comparison of a profile's content stands, and the few words for it. */
final class ScrubStatuses {
  private ScrubStatuses() {}

  static FolderScrubStatus of(FolderScrub scrub, Instant now) {
    Round current = scrub.hasCurrent() ? round(scrub.getCurrent()) : null;
    Round last = scrub.hasLast() ? round(scrub.getLast()) : null;
    Certificate certificate = scrub.hasCertificate() ? certificate(scrub.getCertificate()) : null;
    String trouble = scrub.getTrouble().isEmpty() ? null : scrub.getTrouble();
    Round told = current != null && current.differing() > 0 ? current : last;
    return new FolderScrubStatus(
        scrub.getPlan(),
        trouble == null
            ? words(told, certificate, current, now)
            : words(told, certificate, current, now) + "; " + trouble,
        lamp(told, trouble),
        current,
        last,
        certificate,
        trouble);
  }

  private static Lamp lamp(@Nullable Round told, @Nullable String trouble) {
    if (trouble != null || (told != null && told.repaired() < told.differing())) {
      return Lamp.RED;
    }
    return told == null || told.ended() == null ? Lamp.YELLOW : Lamp.GREEN;
  }

  private static String words(
      @Nullable Round told,
      @Nullable Certificate certificate,
      @Nullable Round current,
      Instant now) {
    if (told == null) {
      return current == null
          ? "content not compared yet"
          : "content compared for the first time, %d files so far".formatted(current.files());
    }
    String ago = told.ended() == null ? "" : " " + ago(told.ended(), now);
    if (told.differing() > 0) {
      return (told.differing() == 1 ? "1 file differed" : told.differing() + " files differed")
          + ago
          + (told.repaired() >= told.differing()
              ? ": repaired"
              : ": %d repaired".formatted(told.repaired()));
    }
    if (told.failed() > 0) {
      return "content compared%s, %d could not be read".formatted(ago, told.failed());
    }
    if (certificate == null || certificate.begun().isBefore(told.begun()) || told.unread() > 0) {
      return "content compared%s, none differed%s"
          .formatted(
              ago,
              told.unread() == 0
                  ? "; the sides were not still for a certificate"
                  : ", %d were being changed".formatted(told.unread()));
    }
    return "all content compared equal" + ago;
  }

  /** In the largest unit: {@code 3 h ago}. */
  static String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.toMinutes() < 1) {
      return "just now";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + " min ago";
    }
    return age.toDays() < 2 ? age.toHours() + " h ago" : age.toDays() + " days ago";
  }

  private static Round round(ScrubRound round) {
    return new Round(
        Instant.ofEpochMilli(round.getBegunMilliseconds()),
        round.getEndedMilliseconds() == 0
            ? null
            : Instant.ofEpochMilli(round.getEndedMilliseconds()),
        round.getFiles(),
        round.getBytes(),
        round.getUnread(),
        round.getDiffering(),
        round.getRepaired(),
        round.getFailed());
  }

  private static Certificate certificate(FolderCertificate certificate) {
    return new Certificate(
        certificate.getEpoch().isEmpty() ? null : certificate.getEpoch(),
        certificate.getFiles(),
        certificate.getFolders(),
        certificate.getBytes(),
        certificate.getTreeHash(),
        Instant.ofEpochMilli(certificate.getBegunMilliseconds()),
        Instant.ofEpochMilli(certificate.getEndedMilliseconds()));
  }
}
