package org.gemel.database.preflight;

import java.util.List;

/**
 * One table of users.
 *
 * @param name with its schema, quoted where SQL wants it
 * @param kind {@code r} table, {@code p} partitioned, {@code f} foreign, {@code m} materialised
 *     view
 * @param persistence {@code p} permanent, {@code u} unlogged
 * @param partition how it is partitioned and whose partition it is; empty for most
 * @param partitionOf the table it is a partition of; empty for most
 * @param parents tables it inherits from, partitions excepted
 * @param identified an UPDATE of one of its rows can name that row to a backup
 * @param identity {@code d} its primary key, {@code i} and the name of an index, {@code f} the
 *     whole row, {@code n} none
 * @param incomparable columns whose type has no equality, so that whole rows cannot be looked up
 * @param forcedRowSecurity its own owner is subject to row security
 * @param rows an estimate; -1 unknown
 * @param relations it, its indexes and its overflow (TOAST) table: what is locked with it
 * @param grants of each application role what it may do, such as {@code editor=rw}
 */
public record TableFacts(
    String name,
    String kind,
    String persistence,
    String partition,
    String partitionOf,
    List<String> parents,
    boolean identified,
    String identity,
    List<String> incomparable,
    boolean forcedRowSecurity,
    long rows,
    int relations,
    List<String> grants,
    List<ColumnFacts> columns,
    List<PartFacts> constraints,
    List<PartFacts> indexes,
    List<PartFacts> triggers) {

  /** Holds rows that a replication carries. */
  boolean replicable() {
    return kind.equals("r") && persistence.equals("p");
  }

  /** Stands in what is compared and emptied. */
  boolean compared() {
    return persistence.equals("p") && (kind.equals("r") || kind.equals("p"));
  }
}
