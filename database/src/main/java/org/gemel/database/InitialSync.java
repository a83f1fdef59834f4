package org.gemel.database;

import java.util.List;

/**
 * How far the first copy is.
 *
 * @param tables every replicated table
 * @param complete whether every table of main follows it, none being out of it to be healed; from
 *     then on the backup is an exact copy of some moment of main
 */
public record InitialSync(List<TableCopy> tables, boolean complete) {
  public InitialSync {
    tables = List.copyOf(tables);
  }

  /** Number of tables that follow. */
  public int following() {
    return (int) tables.stream().filter(t -> t.state() == TableCopy.State.FOLLOWING).count();
  }

  /** One line for a person. */
  public String words() {
    return complete
        ? "all " + tables.size() + " tables are in sync"
        : following() == tables.size()
            ? "some tables are out of it until they are healed"
            : following() + " of " + tables.size() + " tables are in sync";
  }
}
