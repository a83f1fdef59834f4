package org.gemel.database.preflight;

import java.util.List;

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
    Findings findings = new Findings();
    new ServerChecks(findings).check(main, backup);
    new RoleChecks(findings).check(main, backup);
    new ReplicationChecks(findings).check(main, backup);
    new DiskChecks(findings).check(main, backup);
    new LockChecks(findings).check(main, backup);
    new TableChecks(findings).check(main, backup);
    new ObjectChecks(findings).check(main, backup);
    new SchemaChecks(findings).check(main.definitions(), backup.definitions());
    return findings.all();
  }

  public static boolean blocked(List<PreflightFinding> findings) {
    return findings.stream().anyMatch(finding -> finding.level() == Level.BLOCKER);
  }
}
