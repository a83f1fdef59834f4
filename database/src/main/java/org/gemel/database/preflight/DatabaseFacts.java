package org.gemel.database.preflight;

import java.util.List;

/**
 * What is true of one database, as far as its replication is concerned; read at one moment. It
 * holds no password.
 *
 * @param address where it is, in words
 * @param database its name, quoted
 * @param replicationName publication, slot and subscription of this pair are called that
 * @param mark {@code MAIN}, {@code BACKUP} or empty: what it was last told to be
 * @param bytes its size on disk
 * @param encoding such as UTF8
 * @param locale how it sorts and compares, with the provider
 * @param largeObjects how many there are
 * @param leftOut tables that are left out of the replication by name
 */
public record DatabaseFacts(
    ServerFacts server,
    String address,
    String database,
    String replicationName,
    String mark,
    long bytes,
    String encoding,
    String locale,
    long largeObjects,
    List<String> leftOut,
    RoleFacts roles,
    ReachFacts reach,
    List<TableFacts> tables,
    List<ObjectFacts> objects,
    List<PublicationFacts> publications,
    List<SubscriptionFacts> subscriptions) {

  Definitions definitions() {
    return new Definitions(server.major(), leftOut, tables, objects);
  }

  /**
   * The roles that matter here.
   *
   * @param administrator quoted, as all of them
   * @param replicationUser one of 'missing', 'ready', 'unready' (an attribute lacks: publishing
   *     gives it) and 'superuser'
   * @param missing application roles the server does not have
   * @param superusers application roles that are superusers
   * @param owners application roles that own the database or may make roles
   * @param ownersOfDatabase those of them that own the database
   * @param connected roles of clients that could connect though the gate is shut
   * @param granted roles of neither clients nor Gemel that would still connect once it is shut
   */
  public record RoleFacts(
      String administrator,
      boolean administratorIsSuperuser,
      String replication,
      String replicationUser,
      List<String> missing,
      List<String> superusers,
      List<String> owners,
      List<String> ownersOfDatabase,
      List<String> connected,
      List<String> granted) {}

  /**
   * Whether this database's own server reaches the other side's.
   *
   * @param state {@code REACHED}; {@code ANSWERED}: it answered and did not let us in; {@code
   *     SILENT}; {@code UNTRIED}
   */
  public record ReachFacts(String address, String state, String words) {}

  /**
   * A publication.
   *
   * @param own it has the pair's name
   * @param kinds of {@code i}, {@code u}, {@code d}, {@code t} those that are published
   * @param partial tables of which it offers only some columns or rows
   */
  public record PublicationFacts(
      String name, boolean own, String kinds, boolean viaRoot, List<String> partial) {}

  /**
   * A subscription of this database.
   *
   * @param tables how many tables of this database it writes to
   */
  public record SubscriptionFacts(String name, boolean own, boolean enabled, int tables) {}
}
