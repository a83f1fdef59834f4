package org.gemel.database;

import java.util.List;
import java.util.Optional;

/**
 * The database of one side, as its agent knows it.
 *
 * @param pair name of the pair; publication, slot and subscription are named after it, so it must
 *     be the same on both sides
 * @param address where it is, seen from the agent
 * @param administrator a superuser; it alone works with the gate shut
 * @param replication the user the other side follows this database as; made if it is missing
 * @param applicationRoles the roles the gate holds out or lets in; at least one, none a superuser
 * @param observerRoles roles that only read (monitoring, backup) and may stay on a backup
 * @param countedTable the table whose rows are the asset count, as SQL writes it, such as {@code
 *     public.assets}
 * @param leftOut tables that are not replicated, by their names with schema, quoted as SQL shows
 *     them; the same on both sides
 */
public record DatabaseSettings(
    String pair,
    DatabaseAddress address,
    Credentials administrator,
    Credentials replication,
    List<String> applicationRoles,
    List<String> observerRoles,
    Optional<String> countedTable,
    List<String> leftOut) {
  /** With nothing left out. */
  public DatabaseSettings(
      String pair,
      DatabaseAddress address,
      Credentials administrator,
      Credentials replication,
      List<String> applicationRoles,
      List<String> observerRoles,
      Optional<String> countedTable) {
    this(
        pair,
        address,
        administrator,
        replication,
        applicationRoles,
        observerRoles,
        countedTable,
        List.of());
  }

  public DatabaseSettings {
    leftOut = List.copyOf(leftOut);
    applicationRoles = List.copyOf(applicationRoles);
    observerRoles = List.copyOf(observerRoles);
    if (applicationRoles.isEmpty()) {
      throw new IllegalArgumentException(
          "found no application role for the database of pair '"
              + pair
              + "', wanted at least one: name the roles that clients log in as");
    }
    if (applicationRoles.contains(administrator.user())
        || applicationRoles.contains(replication.user())) {
      throw new IllegalArgumentException(
          "found the administrator or the replication user among the application roles "
              + applicationRoles
              + ", wanted roles of clients only: give Gemel users of its own");
    }
  }
}
