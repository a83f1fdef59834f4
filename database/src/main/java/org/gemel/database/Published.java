package org.gemel.database;

import java.util.List;

/**
 * What main offers to a backup.
 *
 * @param tables those that are replicated, quoted as SQL wants them
 * @param notCarried what this database holds that replication does not carry, a sentence each
 */
public record Published(List<String> tables, List<String> notCarried) {
  public Published {
    tables = List.copyOf(tables);
    notCarried = List.copyOf(notCarried);
  }
}
