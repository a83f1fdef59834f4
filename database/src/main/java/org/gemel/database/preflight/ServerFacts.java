package org.gemel.database.preflight;

import java.util.List;
import java.util.Map;

/**
 * What is true of a whole server.
 *
 * @param version as in {@code 180006}
 * @param settings by name, in the server's own units
 * @param slots all of the server, of every database
 * @param sendersOfOthers walsenders that are not this pair's
 * @param workersOfOthers logical replication workers that are not this pair's
 * @param originsOfOthers replication origins in use that are not this pair's
 * @param prepared transactions that are prepared and not decided, with their age
 * @param open transactions that write and are open for long
 * @param freeBytes of the disk its data are on; -1 where that cannot be known
 */
public record ServerFacts(
    int version,
    String system,
    boolean standby,
    Map<String, String> settings,
    List<SlotFacts> slots,
    int sendersOfOthers,
    int workersOfOthers,
    int originsOfOthers,
    List<TransactionFacts> prepared,
    List<TransactionFacts> open,
    long freeBytes) {

  /**
   * A replication slot.
   *
   * @param own it has the pair's name
   * @param tableCopy it is one of a table copy, as its name says
   * @param follower it is one of a table copy by a server that followed this one by our doing
   * @param here it is of this database
   * @param keptBytes log that is kept for it
   */
  public record SlotFacts(
      String name,
      boolean own,
      boolean tableCopy,
      boolean follower,
      boolean here,
      boolean active,
      boolean lost,
      long keptBytes) {}

  /**
   * A transaction that others must wait for.
   *
   * @param name its process, or the name it was prepared under
   * @param words whose it is and what it does
   */
  public record TransactionFacts(String name, String database, long seconds, String words) {}

  int major() {
    return version / 10_000;
  }

  String setting(String name) {
    return settings.getOrDefault(name, "");
  }

  /** A setting that is a whole number; that many where the server has no such setting. */
  long number(String name, long otherwise) {
    String value = setting(name);
    return value.isEmpty() ? otherwise : Long.parseLong(value);
  }
}
