package org.gemel.database.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gemel.database.preflight.DatabaseFacts.PublicationFacts;
import org.gemel.database.preflight.DatabaseFacts.ReachFacts;
import org.gemel.database.preflight.DatabaseFacts.RoleFacts;
import org.gemel.database.preflight.DatabaseFacts.SubscriptionFacts;
import org.gemel.database.preflight.ServerFacts.SlotFacts;
import org.gemel.database.preflight.ServerFacts.TransactionFacts;

/** Facts of a database with which all is well, to be spoiled by a test. */
final class Facts {
  int version = 180000;
  String system;
  boolean standby;
  final Map<String, String> settings =
      new TreeMap<>(
          Map.of(
              "wal_level", "logical",
              "fsync", "on",
              "max_replication_slots", "20",
              "max_wal_senders", "20",
              "max_active_replication_origins", "20",
              "max_logical_replication_workers", "9",
              "max_worker_processes", "20",
              "max_slot_wal_keep_size", "4096",
              "max_sync_workers_per_subscription", "2"));
  final List<SlotFacts> slots = new ArrayList<>();
  int senders;
  int workers;
  int origins;
  final List<TransactionFacts> prepared = new ArrayList<>();
  final List<TransactionFacts> open = new ArrayList<>();
  long free = 1L << 40;
  String mark;
  long bytes = 1 << 30;
  String encoding = "UTF8";
  String locale = "c c.utf8 c.utf8";
  final List<String> leftOut = new ArrayList<>();
  String replicationUser = "ready";
  ReachFacts reach = new ReachFacts("the other", "REACHED", "");
  final List<TableFacts> tables = new ArrayList<>();
  final List<ObjectFacts> objects = new ArrayList<>();
  final List<PublicationFacts> publications = new ArrayList<>();
  final List<SubscriptionFacts> subscriptions = new ArrayList<>();

  Facts(String mark) {
    this.mark = mark;
    this.system = "system of " + mark;
  }

  Facts set(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  DatabaseFacts all() {
    return new DatabaseFacts(
        new ServerFacts(
            version, system, standby, settings, slots, senders, workers, origins, prepared, open,
            free),
        "newsroom on host:5432",
        "newsroom",
        "gemel_north",
        mark,
        bytes,
        encoding,
        locale,
        0,
        leftOut,
        new RoleFacts(
            "gemel",
            true,
            "copier",
            replicationUser,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()),
        reach,
        tables,
        objects,
        publications,
        subscriptions);
  }

  /** A table of users with a key. */
  static Table table(String name) {
    return new Table(name);
  }

  /** A table in the making. */
  static final class Table {
    private final String name;
    private boolean identified = true;
    private String identity = "d";
    private final List<String> grants = new ArrayList<>();
    private final List<ColumnFacts> columns = new ArrayList<>();
    private final List<PartFacts> constraints = new ArrayList<>();
    private final List<PartFacts> indexes = new ArrayList<>();

    private Table(String name) {
      this.name = name;
    }

    Table keyless() {
      identified = false;
      return this;
    }

    Table identity(String by) {
      identity = by;
      return this;
    }

    Table column(String column, String type, String standard) {
      columns.add(new ColumnFacts(column, type, false, standard, "", ""));
      return this;
    }

    Table grant(String grant) {
      grants.add(grant);
      return this;
    }

    Table constraint(String constraint, String kind, String definition) {
      constraints.add(new PartFacts(constraint, kind, definition, ""));
      return this;
    }

    Table index(String index, String kind, String definition) {
      indexes.add(new PartFacts(index, kind, definition, ""));
      return this;
    }

    TableFacts facts() {
      return new TableFacts(
          name,
          "r",
          "p",
          "",
          "",
          List.of(),
          identified,
          identity,
          List.of(),
          false,
          1000,
          4,
          grants,
          columns,
          constraints,
          indexes,
          List.of());
    }
  }
}
