package org.gemel.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Role;

/** What is true of a database now, read from it and from nothing else. */
public sealed interface DatabaseStatus {
  /** It does not answer. */
  record Unreachable(String words) implements DatabaseStatus {}

  /**
   * It answers.
   *
   * @param role as it really is: MAIN if any application role can connect, else BACKUP
   * @param mark what it was last told to be; absent before its first role
   * @param held not empty: clients are held out while the mark still says main, and why
   * @param disagreement not empty: gate and mark contradict each other, and how
   * @param onlineSince start of the server
   * @param replication what replication does here
   * @param keptLog what it keeps of its log for the other side
   * @param canary the time main wrote last, as it has come here, by main's clock; absent where
   *     nothing is replicated
   * @param turned not empty: at the switch that made it main, both sides were not proven equal, and
   *     why
   * @param turnedTables if nothing but these tables was not proven then, so that the other side may
   *     follow by a copy of them
   * @param comparison the last comparison with main that this side made, as a backup
   */
  record Online(
      Role role,
      Optional<Mark> mark,
      String held,
      String disagreement,
      Instant onlineSince,
      Replication replication,
      Optional<KeptLog> keptLog,
      Optional<Instant> canary,
      String turned,
      List<String> turnedTables,
      Optional<ComparisonState> comparison)
      implements DatabaseStatus {}
}
