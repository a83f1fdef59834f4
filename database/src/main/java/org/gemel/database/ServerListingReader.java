package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what a copy of main's whole server would overwrite here, and what forbids it. */
final class ServerListingReader {
  /** The room for log that is written meanwhile, at least. */
  private static final long LOG_BYTES = 256L << 20;

  private static final String LASTING =
      "SELECT datname, pg_database_size(oid) FROM pg_database WHERE NOT datistemplate ORDER BY 1";

  /** What a copy of one server's files must find on the other; a name, and how to read it. */
  private static final Map<String, String> ALIKE =
      new TreeMap<>(
          Map.of(
              "release", "SELECT (current_setting('server_version_num')::int / 10000)::text",
              "form of the catalogue",
                  "SELECT pg_control_version || ' ' || catalog_version_no FROM pg_control_system()",
              "size of a block", "SELECT current_setting('block_size')",
              "size of a file", "SELECT current_setting('segment_size')",
              "processor", "SELECT substring(version() from ' on ([^ -]+)')",
              "collations of the C library", collations("c"),
              "collations of ICU", collations("i")));

  private final Session session;
  private final Session main;
  private final DatabaseSettings settings;
  private final String mainDatabase;

  ServerListingReader(
      Session session, Session main, DatabaseSettings settings, String mainDatabase) {
    this.session = session;
    this.main = main;
    this.settings = settings;
    this.mainDatabase = mainDatabase;
  }

  ServerListing read() throws SQLException, DatabaseFailure {
    String own = settings.address().database();
    ServerListing.Database overwritten = new ServerListing.Database(own, 0);
    List<ServerListing.Database> others = new ArrayList<>();
    for (ServerListing.Database each :
        session.list(
            LASTING, row -> new ServerListing.Database(row.getString(1), row.getLong(2)))) {
      if (each.name().equals(own)) {
        overwritten = each;
      } else if (!each.name().equals("postgres") || holdsTables()) {
        others.add(each);
      }
    }
    List<String> roles = new ArrayList<>(session.texts(roles()));
    roles.removeAll(main.texts(roles()));
    roles.remove(settings.administrator().user()); // is made there if it lacks
    List<String> along =
        main.texts(
            "SELECT datname FROM pg_database WHERE NOT datistemplate"
                + " AND datname NOT IN ('postgres', ?) ORDER BY 1",
            mainDatabase);
    return new ServerListing(
        overwritten,
        others,
        roles,
        along,
        needed(),
        against(roles),
        session.systemIdentifier() + " " + main.systemIdentifier());
  }

  private List<String> against(List<String> roles) throws SQLException, DatabaseFailure {
    List<String> against = new ArrayList<>();
    for (Map.Entry<String, String> each : ALIKE.entrySet()) {
      String here = session.one(each.getValue(), row -> text(row.getString(1)));
      String there = main.one(each.getValue(), row -> text(row.getString(1)));
      boolean unknown = here.isEmpty() || there.isEmpty();
      if (!here.equals(there) && !unknown) {
        against.add(
            "%s: %s here and %s on main, whose files would be of no use here"
                .formatted(each.getKey(), here, there));
      }
    }
    String spaces =
        "SELECT spcname FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')"
            + " ORDER BY 1";
    if (!session.texts(spaces).isEmpty() || !main.texts(spaces).isEmpty()) {
      against.add(
          "tablespaces outside the servers' own folders: %s here, %s on main"
              .formatted(session.texts(spaces), main.texts(spaces)));
    }
    if (session.systemIdentifier().equals(main.systemIdentifier())) {
      against.add("both having the same system identifier, as of one server");
    }
    List<String> lacking = new ArrayList<>(settings.applicationRoles());
    lacking.retainAll(roles);
    if (!lacking.isEmpty()) {
      against.add("application roles that main does not have: " + lacking);
    }
    return against;
  }

  /** Main's replication user may not ask for the size of each database; of all together it may. */
  private long needed() throws SQLException {
    long files = main.one("SELECT pg_tablespace_size('pg_default')", row -> row.getLong(1));
    return files + files / 20 + LOG_BYTES;
  }

  /** Whether somebody uses the database that is there by itself. */
  private boolean holdsTables() throws SQLException {
    DatabaseAddress address =
        new DatabaseAddress(settings.address().host(), settings.address().port(), "postgres");
    try (Session there =
        Session.replication(address, settings.administrator(), settings.leftOut())) {
      return there.holds(
          "SELECT EXISTS (SELECT 1 FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'p', 'm')"
              + " AND relnamespace <> 'pg_toast'::regnamespace)");
    }
  }

  private static String roles() {
    return "SELECT rolname FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' ORDER BY 1";
  }

  private static String collations(String provider) {
    return "SELECT max(pg_collation_actual_version(oid)) FROM pg_collation WHERE collprovider = '"
        + provider
        + "'";
  }

  private static String text(@org.jspecify.annotations.Nullable String found) {
    return found == null ? "" : found;
  }
}
