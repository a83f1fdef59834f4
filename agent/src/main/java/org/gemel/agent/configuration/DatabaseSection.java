package org.gemel.agent.configuration;

import java.util.List;
import java.util.Optional;
import org.gemel.core.Side;

/**
 * The newsroom database of a side, on the host that carries it.
 *
 * @param pair the same on both sides; replication is named after it
 * @param own this side's database
 * @param partner the other side's, as this side's database server reaches it
 * @param applicationRoles the roles the gate holds out or lets in
 * @param observerRoles roles that only read and may stay on a backup
 * @param countedTable the table whose rows are the asset count
 * @param leaveOut tables that are not replicated, as {@code gemel database check} writes them; the
 *     same on both sides
 * @param copyStreams how many tables, or parts of one, are copied to this side at one time; without
 *     it as many as this host has processors, at most 4
 * @param compareShare for so many percent of its time a comparison of both sides reads here and on
 *     the other side; without it 50
 * @param physical present where this host's whole database server may be replaced by a copy of the
 *     other side's
 * @param probe one of the application roles, with which the gate is tried
 */
public record DatabaseSection(
    Side side,
    String pair,
    Own own,
    Partner partner,
    List<String> applicationRoles,
    List<String> observerRoles,
    Optional<String> countedTable,
    List<String> leaveOut,
    Optional<Integer> copyStreams,
    Optional<Integer> compareShare,
    Optional<PhysicalSection> physical,
    CredentialsSection probe) {

  /** This side's server and the users Gemel has there. */
  public record Own(
      String host,
      int port,
      String database,
      CredentialsSection administrator,
      CredentialsSection replication) {}

  /** The other side's server and its replication user. */
  public record Partner(String host, int port, String database, CredentialsSection replication) {}

  public DatabaseSection {
    if (!applicationRoles.contains(probe.user())) {
      throw new IllegalArgumentException(
          "found the probe user '"
              + probe.user()
              + "', wanted one of the applicationRoles "
              + applicationRoles
              + ": only such a one meets the gate");
    }
  }
}
