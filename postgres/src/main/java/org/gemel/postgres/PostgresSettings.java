package org.gemel.postgres;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings a server of ours starts with, and why they differ from PostgreSQL's own defaults.
 *
 * @param byName settings as in {@code postgresql.conf}, in the order they are written
 */
public record PostgresSettings(Map<String, String> byName) {
  public PostgresSettings {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** What logical replication between two small servers on one machine needs. */
  public static PostgresSettings standard() {
    Map<String, String> settings = new LinkedHashMap<>();
    // Data is promised: what was acknowledged survives a kill -9 and a power cut.
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("full_page_writes", "on");
    // Logical replication in either direction, with room for table copies and a reversal.
    settings.put("wal_level", "logical");
    settings.put("max_replication_slots", "16");
    settings.put("max_wal_senders", "16");
    settings.put("max_active_replication_origins", "16");
    settings.put("max_logical_replication_workers", "12");
    settings.put("max_sync_workers_per_subscription", "4");
    settings.put("max_worker_processes", "20");
    // A backup that stays away must not fill main's disk; past this the slot is lost and says so.
    settings.put("max_slot_wal_keep_size", "4GB");
    // How soon main learns what the backup has, and both that the other is gone.
    settings.put("wal_receiver_status_interval", "1s");
    settings.put("wal_sender_timeout", "10s");
    settings.put("wal_receiver_timeout", "10s");
    settings.put("wal_retrieve_retry_interval", "500ms");
    // Room for the administrator's gate even when clients have taken every other connection.
    settings.put("max_connections", "100");
    settings.put("superuser_reserved_connections", "8");
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("password_encryption", "scram-sha-256");
    settings.put("shared_buffers", "32MB");
    settings.put("max_wal_size", "512MB");
    settings.put("log_destination", "stderr");
    settings.put("logging_collector", "off");
    settings.put("log_line_prefix", "%m [%p] ");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    return new PostgresSettings(settings);
  }

  /** These settings with one added or changed. */
  public PostgresSettings with(String name, String value) {
    Map<String, String> settings = new LinkedHashMap<>(byName);
    settings.put(name, value);
    return new PostgresSettings(settings);
  }

  /** These settings without one, such as one that an older server does not know. */
  public PostgresSettings without(String name) {
    Map<String, String> settings = new LinkedHashMap<>(byName);
    settings.remove(name);
    return new PostgresSettings(settings);
  }

  /** The text of a {@code postgresql.conf}. */
  String configuration(int port) {
    StringBuilder text =
        new StringBuilder("# Written anew by Gemel whenever it opens this server's folder.\n");
    with("port", Integer.toString(port))
        .byName
        .forEach(
            (name, value) ->
                text.append(name)
                    .append(" = '")
                    .append(value.replace("\\", "\\\\").replace("'", "''"))
                    .append("'\n"));
    return text.toString();
  }
}
