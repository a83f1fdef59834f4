package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.NOTE;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What single tables mean for a replication: of main's what is carried, of the backup's what
 * applies.
 */
final class TableChecks {
  private final Findings findings;

  TableChecks(Findings findings) {
    this.findings = findings;
  }

  void check(DatabaseFacts main, DatabaseFacts backup) {
    leftOut(main, backup);
    Set<String> carried = names(main, main.leftOut());
    for (TableFacts table : main.tables()) {
      if (!main.leftOut().contains(table.name())) {
        kind(table);
        identity(table, main.server());
        references(table, carried, main);
      }
    }
    for (TableFacts table : backup.tables()) {
      applies(table, backup, carried);
    }
  }

  /** Tables that hold rows, or stand over such, and are carried. */
  private static Set<String> names(DatabaseFacts facts, List<String> leftOut) {
    return facts.tables().stream()
        .filter(TableFacts::compared)
        .map(TableFacts::name)
        .filter(name -> !leftOut.contains(name))
        .collect(Collectors.toSet());
  }

  private void leftOut(DatabaseFacts main, DatabaseFacts backup) {
    for (String name : main.leftOut()) {
      boolean exists = main.tables().stream().anyMatch(table -> table.name().equals(name));
      findings
          .add(exists ? NOTE : WARNING, MAIN, "left-out", name)
          .found(
              exists
                  ? "table " + name + " left out by name"
                  : "a table to leave out that does not exist, " + name)
          .wanted(exists ? "to know that its rows are not carried" : "the name of one")
          .cure(
              exists
                  ? "take it from leaveOut in the settings of both sides to have it carried"
                  : "correct leaveOut in the settings of both sides");
    }
    if (!Set.copyOf(main.leftOut()).equals(Set.copyOf(backup.leftOut()))) {
      findings
          .add(BLOCKER, BACKUP, "left-out", "")
          .found("tables left out by name: " + backup.leftOut())
          .wanted(main.leftOut() + " as on main")
          .cure("make leaveOut in the settings of both sides the same");
    }
  }

  private void kind(TableFacts table) {
    switch (table.kind()) {
      case "m" ->
          note(table, "materialized-view", "materialised view", "refresh it on the backup itself");
      case "f" ->
          note(table, "foreign-table", "foreign table", "its rows are elsewhere and stay there");
      case "p" ->
          note(table, "partitioned", "partitioned table", "each of its partitions is carried");
      default -> {
        if (table.persistence().equals("u")) {
          findings
              .add(WARNING, MAIN, "unlogged", table.name())
              .found("unlogged table " + table.name())
              .wanted("a logged one: what is not in the log is not carried")
              .cure(
                  "make it logged (it is written anew, locked meanwhile), or do without its rows",
                  "ALTER TABLE " + table.name() + " SET LOGGED");
        }
        if (!table.parents().isEmpty()) {
          note(table, "inherits", "table inheriting from " + table.parents(), "each is carried");
        }
      }
    }
  }

  private void note(TableFacts table, String check, String what, String cure) {
    findings
        .add(NOTE, MAIN, check, table.name())
        .found(what + " " + table.name())
        .wanted("to know of it")
        .cure(cure);
  }

  private void identity(TableFacts table, ServerFacts server) {
    if (!table.replicable()) {
      return;
    }
    if (table.identified()) {
      if (table.identity().equals("f") && !table.incomparable().isEmpty()) {
        incomparable(table, WARNING, "REPLICA IDENTITY FULL and");
      }
    } else if (table.incomparable().isEmpty()) {
      findings
          .add(BLOCKER, MAIN, "replica-identity", table.name())
          .found("table " + table.name() + " without a usable key")
          .wanted("a primary key that is not deferrable, or REPLICA IDENTITY FULL")
          .cure(
              "without one, publishing it would make every UPDATE and DELETE on it fail here. Best"
                  + " add a primary key on both sides; or name the whole row, at this cost: each"
                  + " UPDATE and DELETE logs the whole old row, and the backup finds it by "
                  + (server.major() >= 16 ? "an index if it has one, else by " : "")
                  + "reading the table through ("
                  + (table.rows() < 0 ? "its size is not known" : "about " + table.rows() + " rows")
                  + "); or leave it out with leaveOut in the settings of both sides",
              "ALTER TABLE " + table.name() + " REPLICA IDENTITY FULL");
    } else {
      incomparable(table, BLOCKER, "no usable key, and");
    }
  }

  private void incomparable(TableFacts table, Level level, String what) {
    findings
        .add(level, MAIN, "replica-identity", table.name())
        .found(
            "table "
                + table.name()
                + " with "
                + what
                + " columns that cannot be compared: "
                + String.join(", ", table.incomparable()))
        .wanted("a primary key: the backup cannot find a row to change by such columns")
        .cure(
            "add one on both sides, or leave the table out with leaveOut in the settings of both"
                + " sides");
  }

  private void references(TableFacts table, Set<String> carried, DatabaseFacts main) {
    for (PartFacts part : table.constraints()) {
      if (part.kind().equals("f") && table.compared() && !carried.contains(part.references())) {
        findings
            .add(WARNING, MAIN, "foreign-key", table.name())
            .found(
                "foreign key "
                    + part.name()
                    + " of "
                    + table.name()
                    + " to "
                    + part.references()
                    + ", which is not carried")
            .wanted("both of them carried")
            .cure(
                main.leftOut().contains(part.references())
                    ? "carry that one as well, or rows here will refer to none on the backup"
                    : "see what is said of that table");
      }
    }
  }

  private void applies(TableFacts table, DatabaseFacts backup, Set<String> carried) {
    for (PartFacts trigger : table.triggers()) {
      if (trigger.kind().equals("A") || trigger.kind().equals("R")) {
        findings
            .add(WARNING, BACKUP, "trigger", table.name())
            .found(
                "trigger "
                    + trigger.name()
                    + " of "
                    + table.name()
                    + (trigger.kind().equals("A") ? " (ENABLE ALWAYS)" : " (ENABLE REPLICA)"))
            .wanted("it to fire for clients only: main has done already what it would do again")
            .cure(
                "let it fire for clients only",
                "ALTER TABLE " + table.name() + " ENABLE TRIGGER " + trigger.name());
      }
    }
    boolean emptied = carried.contains(table.name());
    if (emptied && table.forcedRowSecurity() && backup.server().major() >= 16) {
      findings
          .add(BLOCKER, BACKUP, "row-security", table.name())
          .found("table " + table.name() + " with row security that binds its owner too")
          .wanted("its owner free of it, for rows are applied in its name")
          .cure("free it", "ALTER TABLE " + table.name() + " NO FORCE ROW LEVEL SECURITY");
    }
    if (emptied) {
      return;
    }
    for (PartFacts part : table.constraints()) {
      if (part.kind().equals("f") && carried.contains(part.references())) {
        findings
            .add(BLOCKER, BACKUP, "foreign-key", table.name())
            .found(
                "foreign key "
                    + part.name()
                    + " of "
                    + table.name()
                    + ", which is not carried, to "
                    + part.references()
                    + ", which will be emptied")
            .wanted("none: PostgreSQL empties no table that another one refers to")
            .cure(
                "drop it here", "ALTER TABLE " + table.name() + " DROP CONSTRAINT " + part.name());
      }
    }
  }
}
