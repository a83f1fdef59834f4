package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the backup's tables differ from main's, and what brings them to main's form. Rows that do
 * not fit would stall the replication; what only speeds up or guards clients' work is missed when
 * the backup becomes main.
 */
final class SchemaChecks {
  private final Findings findings;
  private final ColumnChecks columns;
  private final PartChecks parts;

  SchemaChecks(Findings findings) {
    this.findings = findings;
    this.columns = new ColumnChecks(findings);
    this.parts = new PartChecks(findings);
  }

  void check(Definitions main, Definitions backup) {
    boolean sameRelease = main.major() == backup.major();
    Map<String, TableFacts> there = tables(backup, main.leftOut());
    for (TableFacts table : tables(main, main.leftOut()).values()) {
      TableFacts other = there.remove(table.name());
      if (other == null) {
        missing(table);
      } else {
        compare(table, other, sameRelease);
      }
    }
    there.values().forEach(this::extra);
    unlogged(main, backup);
  }

  /** Their rows are not carried, but clients want them once this is main. */
  private void unlogged(Definitions main, Definitions backup) {
    Set<String> there = backup.tables().stream().map(TableFacts::name).collect(Collectors.toSet());
    for (TableFacts table : main.tables()) {
      if (table.kind().equals("r")
          && table.persistence().equals("u")
          && table.partitionOf().isEmpty()
          && !main.leftOut().contains(table.name())
          && !there.contains(table.name())) {
        findings
            .add(WARNING, BACKUP, "schema", table.name())
            .found("no unlogged table " + table.name())
            .wanted("it as on main, without its rows")
            .cure("make it", create(table), false);
      }
    }
  }

  /** Those that are carried, a table before its partitions and heirs. */
  private static Map<String, TableFacts> tables(Definitions facts, List<String> leftOut) {
    Map<String, TableFacts> map = new LinkedHashMap<>();
    facts.tables().stream()
        .filter(table -> table.compared() && !leftOut.contains(table.name()))
        .sorted(Comparator.comparingInt(SchemaChecks::depth).thenComparing(TableFacts::name))
        .forEach(table -> map.put(table.name(), table));
    return map;
  }

  private static int depth(TableFacts table) {
    boolean below = !table.partitionOf().isEmpty() || !table.parents().isEmpty();
    return (below ? 1 : 0) + (below && table.kind().equals("r") ? 1 : 0);
  }

  private void missing(TableFacts table) {
    findings
        .add(BLOCKER, BACKUP, "schema", table.name())
        .found("no table " + table.name())
        .wanted("it as on main, for a replication carries rows only")
        .cure("make it; its owner and rights come after", create(table), false);
  }

  /** The table, then what stands beside it; keys of others that point at it come with those. */
  private static List<String> create(TableFacts table) {
    List<String> commands = new ArrayList<>();
    List<String> inside = new ArrayList<>();
    for (PartFacts part : table.constraints()) {
      if (!part.kind().equals("f") && !part.isUnproven()) {
        inside.add("CONSTRAINT " + part.name() + " " + part.definition());
      }
    }
    String text =
        (table.persistence().equals("u") ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ")
            + table.name();
    if (!table.partitionOf().isEmpty()) {
      text += " PARTITION OF " + table.partitionOf();
      text += inside.isEmpty() ? "" : " (" + String.join(", ", inside) + ")";
      text += " " + table.partition();
    } else {
      List<String> all =
          new ArrayList<>(table.columns().stream().map(ColumnFacts::definition).toList());
      all.addAll(inside);
      text += " (" + String.join(", ", all) + ")";
      text +=
          table.parents().isEmpty() ? "" : " INHERITS (" + String.join(", ", table.parents()) + ")";
      text += table.partition().isEmpty() ? "" : " " + table.partition();
    }
    commands.add(text);
    table.indexes().forEach(index -> commands.add(index.definition()));
    if (table.identity().equals("f")) {
      commands.add(wholeRows(table)); // or it could not be published once this side is main
    }
    if (table.identity().startsWith("i ") && table.partitionOf().isEmpty()) {
      commands.add(byIndex(table, table.identity().substring(2)));
    }
    return commands;
  }

  private static String byIndex(TableFacts table, String index) {
    return "ALTER TABLE " + table.name() + " REPLICA IDENTITY USING INDEX " + index;
  }

  private static String wholeRows(TableFacts table) {
    return "ALTER TABLE " + table.name() + " REPLICA IDENTITY FULL";
  }

  private void extra(TableFacts table) {
    findings
        .add(BLOCKER, BACKUP, "schema", table.name())
        .found("table " + table.name() + ", which main does not have")
        .wanted("the same tables on both sides")
        .cure("drop it with its rows, or make it on main as well", "DROP TABLE " + table.name());
  }

  private void compare(TableFacts main, TableFacts backup, boolean sameRelease) {
    String shape = shape(main);
    if (!shape.equals(shape(backup))) {
      findings
          .add(BLOCKER, BACKUP, "schema", main.name())
          .found(main.name() + " as " + shape(backup))
          .wanted(shape + " as on main")
          .cure("make it anew in main's form");
      return;
    }
    columns.check(main, backup);
    parts.check(main, backup, sameRelease);
    if (main.replicable() && main.identity().equals("f") && !backup.identified()) {
      findings
          .add(WARNING, BACKUP, "schema", main.name())
          .found(main.name() + " without a usable key")
          .wanted("REPLICA IDENTITY FULL as on main, or it cannot be published once this is main")
          .cure("name the whole row", wholeRows(main));
    }
    identity(main, backup);
    for (String grant : main.grants()) {
      if (!backup.grants().contains(grant)) {
        grants(main, backup, grant);
      }
    }
  }

  /** An UPDATE names its row by these columns, and those that name one here must be among them. */
  private void identity(TableFacts main, TableFacts backup) {
    boolean byIndex = main.identity().startsWith("i ");
    boolean otherIndex = backup.identity().startsWith("i ");
    if (!main.replicable() || !main.identified() || !(byIndex || otherIndex)) {
      return;
    }
    String index = byIndex ? counterpart(main, backup, main.identity().substring(2)) : "";
    boolean alike = backup.identity().equals("i " + index);
    if (alike || (!byIndex && !main.identity().equals("d"))) {
      return;
    }
    findings
        .add(BLOCKER, BACKUP, "schema", main.name())
        .found(main.name() + " with rows named by " + identity(backup))
        .wanted(identity(main) + " as on main, or the first UPDATE could not be applied")
        .cure(
            "name them so",
            byIndex
                ? byIndex(main, index)
                : "ALTER TABLE " + main.name() + " REPLICA IDENTITY DEFAULT");
  }

  private static String identity(TableFacts table) {
    return switch (table.identity().charAt(0)) {
      case 'i' -> "index " + table.identity().substring(2);
      case 'd' -> "the primary key";
      case 'f' -> "the whole row";
      default -> "nothing";
    };
  }

  /** What that index of main's is called on the backup. */
  private static String counterpart(TableFacts main, TableFacts backup, String index) {
    List<PartFacts> there = new ArrayList<>(backup.indexes());
    there.addAll(backup.constraints());
    List<PartFacts> here = new ArrayList<>(main.indexes());
    here.addAll(main.constraints());
    return here.stream()
        .filter(part -> part.name().equals(index) && !part.kind().equals("c"))
        .filter(part -> there.stream().noneMatch(other -> other.name().equals(index)))
        .flatMap(part -> there.stream().filter(other -> PartChecks.same(part, other)))
        .map(PartFacts::name)
        .findFirst()
        .orElse(index);
  }

  private static String shape(TableFacts table) {
    return (table.kind().equals("p") ? "partitioned table" : "table")
        + (table.partitionOf().isEmpty() ? "" : " partition of " + table.partitionOf())
        + (table.partition().isEmpty() ? "" : " " + table.partition())
        + (table.parents().isEmpty() ? "" : " inheriting from " + table.parents());
  }

  /** A grant is a role, an equals sign, and the rights in words. */
  private void grants(TableFacts main, TableFacts backup, String grant) {
    int end = grant.lastIndexOf('=');
    String role = grant.substring(0, end);
    String there =
        backup.grants().stream()
            .filter(other -> other.startsWith(role + "="))
            .map(other -> other.substring(end + 1))
            .findFirst()
            .orElse("");
    List<String> lacks = new ArrayList<>(List.of(grant.substring(end + 1).split(", ", -1)));
    lacks.removeAll(List.of(there.split(", ", -1)));
    if (lacks.isEmpty()) {
      return; // it has more than on main, which a DBA may want
    }
    findings
        .add(WARNING, BACKUP, "grants", main.name())
        .found(role + " lacking " + String.join(", ", lacks) + " on " + main.name())
        .wanted("it as on main, or clients fail once this is main")
        .cure(
            "grant it", "GRANT " + String.join(", ", lacks) + " ON " + main.name() + " TO " + role);
  }
}
