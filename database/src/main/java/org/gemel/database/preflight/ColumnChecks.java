package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the columns of a table differ. Their order does not matter: rows are carried by name. */
final class ColumnChecks {
  private final Findings findings;

  ColumnChecks(Findings findings) {
    this.findings = findings;
  }

  void check(TableFacts main, TableFacts backup) {
    Map<String, ColumnFacts> there = new LinkedHashMap<>();
    backup.columns().forEach(column -> there.put(column.name(), column));
    for (ColumnFacts column : main.columns()) {
      ColumnFacts other = there.remove(column.name());
      if (other == null) {
        say(main, BLOCKER, "no column " + column.name(), column.form())
            .cure(
                "add it (where old rows forbid that, TRUNCATE the table first: a start overwrites"
                    + " it anyway)",
                alter(main) + "ADD COLUMN " + column.definition());
      } else if (!column.form().equals(other.form())) {
        say(main, BLOCKER, words(other, other.form()), column.form())
            .cure(
                "bring it to main's form (where old rows forbid that, TRUNCATE the table first: a"
                    + " start overwrites it anyway)",
                changes(main, column, other),
                false);
      } else {
        standard(main, column, other);
      }
    }
    for (ColumnFacts column : there.values()) {
      say(main, BLOCKER, "column " + column.name() + " " + column.form(), "no such column")
          .cure("drop it, or add it on main", alter(main) + "DROP COLUMN " + column.name());
    }
  }

  private Findings.Draft say(TableFacts table, Level level, String found, String wanted) {
    return findings
        .add(level, BACKUP, "schema", table.name())
        .found(found + " in " + table.name())
        .wanted(wanted + " as on main");
  }

  private static String words(ColumnFacts column, String form) {
    return "column " + column.name() + " " + form;
  }

  private static String alter(TableFacts table) {
    return "ALTER TABLE " + table.name() + " ";
  }

  private static List<String> changes(TableFacts table, ColumnFacts main, ColumnFacts backup) {
    if (!main.generated().equals(backup.generated())) {
      return anew(table, main);
    }
    List<String> commands = new ArrayList<>();
    String column = alter(table) + "ALTER COLUMN " + main.name() + " ";
    if (!main.type().equals(backup.type())) {
      if (!backup.standard().isEmpty()) {
        commands.add(column + "DROP DEFAULT"); // what does not fit the new type stands in its way
      }
      commands.add(
          column
              + "TYPE "
              + main.type()
              + " USING "
              + main.name()
              + "::text::"
              + main.type().replaceFirst(" COLLATE .*", ""));
      if (!main.standard().isEmpty()) {
        commands.add(column + "SET DEFAULT " + main.standard());
      }
    }
    if (main.notNull() != backup.notNull()) {
      commands.add(column + (main.notNull() ? "SET NOT NULL" : "DROP NOT NULL"));
    }
    return commands;
  }

  private static List<String> anew(TableFacts table, ColumnFacts column) {
    return List.of(
        alter(table) + "DROP COLUMN " + column.name(),
        alter(table) + "ADD COLUMN " + column.definition());
  }

  /** What a client's INSERT is given; a replication brings all values along. */
  private void standard(TableFacts table, ColumnFacts main, ColumnFacts backup) {
    String column = alter(table) + "ALTER COLUMN " + main.name() + " ";
    if (!main.identity().equals(backup.identity())) {
      String command =
          backup.identity().isEmpty()
              ? "ADD GENERATED " + main.identityWords() + main.numbered()
              : main.identity().isEmpty()
                  ? "DROP IDENTITY"
                  : "SET GENERATED " + main.identityWords();
      List<String> commands = new ArrayList<>();
      if (backup.identity().isEmpty() && !backup.standard().isEmpty()) {
        commands.add(column + "DROP DEFAULT");
      }
      commands.add(column + command);
      say(table, WARNING, words(main, identity(backup)), identity(main))
          .cure("bring it to main's form", commands, false);
    } else if (!main.generated().isEmpty() && !main.standard().equals(backup.standard())) {
      say(table, WARNING, words(main, "generated as " + backup.standard()), main.standard())
          .cure("make it anew in main's form", anew(table, main), false);
    } else if (!main.standard().equals(backup.standard())) {
      say(table, WARNING, words(main, standard(backup)), standard(main))
          .cure(
              "bring it to main's form",
              column
                  + (main.standard().isEmpty()
                      ? "DROP DEFAULT"
                      : "SET DEFAULT " + main.standard()));
    }
  }

  private static String identity(ColumnFacts column) {
    return column.identity().isEmpty()
        ? "without identity"
        : "with identity " + column.identityWords();
  }

  private static String standard(ColumnFacts column) {
    return column.standard().isEmpty() ? "without default" : "with default " + column.standard();
  }
}
