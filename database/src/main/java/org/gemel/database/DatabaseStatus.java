package org.gemel.database;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
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
   * @param counted rows of the counted table, exactly; absent where none is configured or it is
   *     missing
   */
  record Online(
      Role role,
      Optional<Mark> mark,
      String held,
      String disagreement,
      Instant onlineSince,
      Replication replication,
      OptionalLong counted)
      implements DatabaseStatus {}
}
