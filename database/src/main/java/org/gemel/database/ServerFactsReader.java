package org.gemel.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gemel.database.preflight.ServerFacts;
import org.gemel.database.preflight.ServerFacts.SlotFacts;
import org.gemel.database.preflight.ServerFacts.TransactionFacts;

/** Reads what a preflight wants to know of the whole server. */
final class ServerFactsReader {
  private static final List<String> SETTINGS =
      List.of(
          "wal_level",
          "fsync",
          "max_replication_slots",
          "max_wal_senders",
          "max_logical_replication_workers",
          "max_sync_workers_per_subscription",
          "max_active_replication_origins",
          "max_worker_processes",
          "max_locks_per_transaction",
          "max_connections",
          "max_prepared_transactions",
          "autovacuum_worker_slots",
          "autovacuum_max_workers",
          "max_slot_wal_keep_size",
          "idle_replication_slot_timeout");
  private static final List<String> OWN_HOST = List.of("localhost", "127.0.0.1", "::1");

  private final Session session;
  private final DatabaseSettings settings;
  private final List<String> followers;
  private final String name;

  ServerFactsReader(Session session, DatabaseSettings settings, List<String> followers) {
    this.session = session;
    this.settings = settings;
    this.followers = followers;
    this.name = Names.of(settings.pair());
  }

  ServerFacts read() throws SQLException {
    Map<String, String> values = new TreeMap<>();
    session.list(
        "SELECT name, setting FROM pg_settings WHERE name = ANY (?)",
        row -> values.put(row.getString(1), row.getString(2)),
        SETTINGS);
    return new ServerFacts(
        session.one("SHOW server_version_num", row -> row.getInt(1)),
        session.systemIdentifier(),
        session.holds("SELECT pg_is_in_recovery()"),
        values,
        slots(),
        count(
            """
            SELECT count(*) FROM pg_stat_replication w WHERE NOT EXISTS (
              SELECT 1 FROM pg_replication_slots s WHERE s.active_pid = w.pid
                AND (s.slot_name = ? OR s.slot_name ~ '^pg_[0-9]+_sync_[0-9]+_[0-9]+$'
                  AND split_part(s.slot_name, '_', 5) = ANY (?)))""",
            name,
            followers),
        count(
            "SELECT count(*) FROM pg_stat_subscription WHERE pid IS NOT NULL AND subname <> ?",
            name),
        count(
            """
            SELECT count(*) FROM pg_replication_origin_status o
            WHERE o.external_id !~ '^pg_[0-9]+(_[0-9]+)?$' OR EXISTS (
              SELECT 1 FROM pg_subscription s WHERE s.subname <> ?
                AND s.oid::text = substring(o.external_id from '^pg_([0-9]+)'))""",
            name),
        prepared(),
        open(),
        freeBytes());
  }

  private int count(String query, Object... parameters) throws SQLException {
    return session.one(query, row -> row.getInt(1), parameters);
  }

  private List<SlotFacts> slots() throws SQLException {
    return session.list(
        """
        SELECT s.slot_name::text AS name, s.slot_name = ? AS own, s.copy,
          s.copy AND split_part(s.slot_name, '_', 5) = ANY (?) AS follower,
          coalesce(s.database = current_database(), false) AS here, s.active,
          coalesce(s.wal_status, '') = 'lost' AS lost,
          coalesce(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
            ELSE pg_current_wal_lsn() END, s.restart_lsn), 0)::bigint AS kept
        FROM (SELECT *, slot_name ~ '^pg_[0-9]+_sync_[0-9]+_[0-9]+$' AS copy
          FROM pg_replication_slots) s
        WHERE NOT s.temporary ORDER BY 1""",
        row ->
            new SlotFacts(
                row.getString("name"),
                row.getBoolean("own"),
                row.getBoolean("copy"),
                row.getBoolean("follower"),
                row.getBoolean("here"),
                row.getBoolean("active"),
                row.getBoolean("lost"),
                row.getLong("kept")),
        name,
        followers);
  }

  private List<TransactionFacts> prepared() throws SQLException {
    return transactions(
        """
        SELECT gid, database::text, extract(epoch FROM clock_timestamp() - prepared)::bigint,
          'of ' || owner FROM pg_prepared_xacts ORDER BY prepared LIMIT 200""");
  }

  /** Those that have written; a copy waits for no other. */
  private List<TransactionFacts> open() throws SQLException {
    return transactions(
        """
        SELECT pid::text, datname::text, extract(epoch FROM clock_timestamp() - xact_start)::bigint,
          concat_ws(' ', usename, application_name, state) FROM pg_stat_activity
        WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
          AND backend_type = 'client backend' ORDER BY xact_start LIMIT 200""");
  }

  private List<TransactionFacts> transactions(String query) throws SQLException {
    return session.list(
        query,
        row ->
            new TransactionFacts(
                row.getString(1), row.getString(2), row.getLong(3), row.getString(4)));
  }

  /** Only known where the server is on this very host and has its data on one of its disks. */
  private long freeBytes() throws SQLException {
    String folder =
        session
            .first(
                "SELECT setting FROM pg_settings WHERE name = 'data_directory'",
                row -> row.getString(1))
            .orElse("");
    if (folder.isEmpty() || !OWN_HOST.contains(settings.address().host())) {
      return -1;
    }
    try {
      return Files.getFileStore(Path.of(folder)).getUsableSpace();
    } catch (IOException | SecurityException e) {
      return -1;
    }
  }
}
