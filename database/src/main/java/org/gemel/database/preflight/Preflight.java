package org.gemel.database.preflight;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether one database can be overwritten with another and follow it, and what stands against. */
public final class Preflight {
  private Preflight() {}

  /**
   * All that was found, the worst first; a start is safe where none is a {@link Level#BLOCKER}.
   *
   * @param main facts of the database that is copied
   * @param backup facts of the one that is overwritten
   */
  public static List<PreflightFinding> compare(DatabaseFacts main, DatabaseFacts backup) {
    return compare(main, backup, "");
  }

  /**
   * The same for a start that was allowed to drop something.
   *
   * @param drop the {@link Parity#hash} of what may be dropped; empty: nothing may
   */
  public static List<PreflightFinding> compare(
      DatabaseFacts main, DatabaseFacts backup, String drop) {
    Findings findings = new Findings();
    new ServerChecks(findings).check(main, backup);
    new RoleChecks(findings).check(main, backup);
    new ReplicationChecks(findings).check(main, backup);
    new DiskChecks(findings).check(main, backup);
    new LockChecks(findings).check(main, backup);
    new TableChecks(findings).check(main, backup);
    new ObjectChecks(findings).check(main, backup);
    parity(Parity.of(main, backup), drop, findings);
    return findings.all();
  }

  /** What a start brings to main's form by itself stands against none. */
  private static void parity(Parity parity, String drop, Findings findings) {
    boolean approved = parity.hash().equals(drop);
    Set<String> dropped =
        parity.drops().stream().map(Parity.Drop::command).collect(Collectors.toSet());
    for (PreflightFinding finding : parity.findings()) {
      boolean drops = !approved && finding.commands().stream().anyMatch(dropped::contains);
      boolean byItself = !finding.commands().isEmpty() && !drops;
      boolean stands = byItself && finding.level() == Level.BLOCKER;
      String how =
          byItself
              ? "; a start does it by itself"
              : drops ? "; a start does it where --drop " + parity.hash() + " approves it" : "";
      findings
          .add(
              stands ? Level.WARNING : finding.level(),
              finding.place(),
              finding.check(),
              finding.subject())
          .found(finding.found())
          .wanted(finding.wanted())
          .cure(finding.cure() + how, finding.commands(), finding.restart());
    }
  }

  public static boolean blocked(List<PreflightFinding> findings) {
    return findings.stream().anyMatch(finding -> finding.level() == Level.BLOCKER);
  }
}
