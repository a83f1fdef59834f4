package org.gemel.agent.engine;

import java.time.Instant;
import org.gemel.mirror.EqualityCertificate;
import org.gemel.mirror.ScrubStatus;
import org.gemel.wire.protocol.FolderCertificate;
import org.gemel.wire.protocol.FolderScrub;
import org.gemel.wire.protocol.ScrubRound;

/** How the comparison of a profile's content stands, on the wire. */
final class ScrubStates {
  private ScrubStates() {}

  static FolderScrub of(ScrubStatus status) {
    var state =
        FolderScrub.newBuilder().setPlan(status.plan()).setTrouble(status.trouble().orElse(""));
    status.current().map(ScrubStates::of).ifPresent(state::setCurrent);
    status.last().map(ScrubStates::of).ifPresent(state::setLast);
    status.certificate().map(ScrubStates::of).ifPresent(state::setCertificate);
    return state.build();
  }

  private static ScrubRound of(org.gemel.mirror.ScrubRound round) {
    return ScrubRound.newBuilder()
        .setBegunMilliseconds(round.begun().toEpochMilli())
        .setEndedMilliseconds(round.ended().map(Instant::toEpochMilli).orElse(0L))
        .setFiles(round.files())
        .setBytes(round.bytes())
        .setUnread(round.unread())
        .setDiffering(round.differing())
        .setRepaired(round.repaired())
        .setFailed(round.failed())
        .build();
  }

  private static FolderCertificate of(EqualityCertificate certificate) {
    return FolderCertificate.newBuilder()
        .setEpoch(certificate.epoch().orElse(""))
        .setFiles(certificate.files())
        .setFolders(certificate.folders())
        .setBytes(certificate.bytes())
        .setTreeHash(certificate.treeHash())
        .setBegunMilliseconds(certificate.begun().toEpochMilli())
        .setEndedMilliseconds(certificate.ended().toEpochMilli())
        .build();
  }
}
