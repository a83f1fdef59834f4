package org.gemel.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gemel.mirror.watch.Hint;

/**
 * Makes equal what a scrub found, by a pass with all its guards that looks at nothing else. Where a
 * file with several names is among it, everything is looked at: only so its other names are found.
 */
final class ScrubRepair {
  private ScrubRepair() {}

  /**
   * @param held how much the target holds about, for the guard on deletes and overwrites
   */
  static MirrorReport run(
      MirrorRequest request, List<Difference> differing, Extent held, MirrorListener listener) {
    Suspects suspects = Suspects.of(differing.stream().map(Difference::path).toList());
    List<Hint> hints = new ArrayList<>();
    differing.forEach(each -> hints.add(Hint.at(each.path())));
    AtomicBoolean linked = new AtomicBoolean();
    ToldChanges told = new ToldChanges(hints, held, () -> linked.set(true), FreshFiles.AWAITED);
    MirrorReport report = new Pass(request, suspects, listener, told).run();
    return linked.get() && report.outcome() != MirrorReport.Outcome.STOPPED
        ? TreeMirror.run(request, suspects, listener)
        : report;
  }

  /** What the history says of it. */
  static String words(List<Difference> differing, MirrorReport report) {
    String first = differing.getFirst().line();
    String found =
        differing.size() == 1
            ? "scrub: 1 entry differed though nobody changed it (" + first + "); "
            : "scrub: %d entries differed though nobody changed them, first %s; "
                .formatted(differing.size(), first);
    return found
        + (report.outcome() == MirrorReport.Outcome.COMPLETE ? "repaired" : report.summary());
  }
}
