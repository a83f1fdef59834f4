package org.gemel.control.preflight;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gemel.core.Side;
import org.gemel.database.preflight.Level;
import org.gemel.database.preflight.PreflightFinding;

/** What forbids a start, in words for the operator. */
public final class Blockers {
  private static final int SAID = 5;

  private Blockers() {}

  /** The first of them in full, and how many more there are; empty where nothing forbids it. */
  public static Optional<String> words(Side from, List<PreflightFinding> findings) {
    List<PreflightFinding> blockers =
        findings.stream().filter(finding -> finding.level() == Level.BLOCKER).toList();
    if (blockers.isEmpty()) {
      return Optional.empty();
    }
    String first =
        blockers.stream().limit(SAID).map(PreflightFinding::words).collect(Collectors.joining(" "));
    int more = blockers.size() - SAID;
    return Optional.of(
        "Nothing was touched. "
            + first
            + (more > 0 ? " And " + more + " more." : "")
            + " `gemel database check "
            + from
            + "` lists all, with their cures.");
  }
}
