package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.NOTE;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether both databases have the same of everything that is no table. */
final class ObjectChecks {
  private static final String FORCED = "forced row security";

  private final Findings findings;

  ObjectChecks(Findings findings) {
    this.findings = findings;
  }

  void check(DatabaseFacts main, DatabaseFacts backup) {
    if (main.largeObjects() > 0) {
      findings
          .add(WARNING, MAIN, "large-objects", "")
          .found(main.largeObjects() + " large objects")
          .wanted("none: logical replication does not carry them")
          .cure("keep such content in bytea columns or in files, or copy them by other means");
    }
    eventTriggers(main, MAIN);
    eventTriggers(backup, BACKUP);
  }

  void compare(Definitions main, Definitions backup) {
    boolean tablesAlike = columns(main).equals(columns(backup));
    boolean sameMajor = main.major() == backup.major();
    Map<String, ObjectFacts> there = byName(backup, sameMajor);
    Map<String, String> columns = numberedColumns(main);
    Map<String, String> sequences = new HashMap<>();
    numberedColumns(backup).forEach((sequence, column) -> sequences.put(column, sequence));
    for (ObjectFacts object : byName(main, sameMajor).values()) {
      ObjectFacts other = there.remove(key(object));
      if (other == null && isOfIdentity(object)) {
        missingOfIdentity(object, sequences.get(columns.get(object.name())));
      } else if (other == null) {
        missing(object, tablesAlike);
      } else if ((!other.form().equals(object.form())
              // Versions print the same view in different ways.
              && (sameMajor || !object.kind().endsWith("view")))
          || (object.kind().equals("view") && !other.create().equals(object.create()))) {
        different(object, other);
      }
    }
    there.values().forEach(this::extra);
  }

  private void eventTriggers(DatabaseFacts facts, Place place) {
    for (ObjectFacts object : facts.objects()) {
      if (object.kind().equals("event trigger")) {
        findings
            .add(place == BACKUP ? WARNING : NOTE, place, "event-trigger", object.name())
            .found("event trigger " + object.name() + " (" + object.form() + ")")
            .wanted("none that stands in the way of Gemel's own commands")
            .cure(
                "see that it lets the administrator pass, or disable it",
                "ALTER EVENT TRIGGER " + object.name() + " DISABLE");
      }
    }
  }

  private static Map<String, ObjectFacts> byName(Definitions facts, boolean sameMajor) {
    Map<String, ObjectFacts> map = new LinkedHashMap<>();
    for (ObjectFacts object : facts.objects()) {
      if (!object.kind().equals("event trigger")) {
        map.put(
            key(object),
            object.kind().equals("extension") && !sameMajor ? ofAnyVersion(object) : object);
      }
    }
    return map;
  }

  /** Each release brings extensions of versions of its own, of which the other may know nothing. */
  private static ObjectFacts ofAnyVersion(ObjectFacts extension) {
    return new ObjectFacts(
        extension.kind(),
        extension.name(),
        "",
        extension.create().replaceFirst(" VERSION '[^']*'$", ""));
  }

  private static String key(ObjectFacts object) {
    // A type that is an enumeration here and a domain there differs; it is not missing.
    return (object.kind().equals("enum") ? "type" : object.kind()) + " " + object.name();
  }

  /** What tables are made of; where that is alike, no table of rows waits for a type or schema. */
  private static Map<String, List<ColumnFacts>> columns(Definitions facts) {
    Map<String, List<ColumnFacts>> map = new LinkedHashMap<>();
    facts.tables().stream()
        .filter(TableFacts::compared)
        .forEach(table -> map.put(table.name(), table.columns()));
    return map;
  }

  private void missing(ObjectFacts object, boolean tablesAlike) {
    // A switch carries all sequences over, and fails where one is missing.
    boolean needed =
        object.kind().equals("sequence")
            || (!tablesAlike && List.of("enum", "type", "schema").contains(object.kind()));
    findings
        .add(
            needed ? BLOCKER : object.kind().equals("comment") ? NOTE : WARNING,
            BACKUP,
            check(object),
            object.name())
        .found("no " + object.kind() + " " + object.name())
        .wanted("it as on main")
        .cure(
            object.kind().equals(FORCED)
                ? "force it once this is main: rows are applied in the owner's name"
                : create(object).isEmpty() ? "it comes with what it belongs to" : "make it",
            create(object),
            false);
  }

  private static boolean isOfIdentity(ObjectFacts object) {
    return object.kind().equals("sequence") && object.create().isEmpty();
  }

  /** Of each sequence of an identity the column that it numbers. */
  private static Map<String, String> numberedColumns(Definitions facts) {
    Map<String, String> columns = new HashMap<>();
    for (TableFacts table : facts.tables()) {
      for (ColumnFacts column : table.columns()) {
        if (!column.sequence().isEmpty()) {
          columns.put(column.sequence(), table.name() + "." + column.name());
        }
      }
    }
    return columns;
  }

  /** A switch sets sequences by their names, and fails where one is missing. */
  private void missingOfIdentity(ObjectFacts object, @Nullable String there) {
    findings
        .add(there == null ? WARNING : BLOCKER, BACKUP, check(object), object.name())
        .found("no sequence " + object.name())
        .wanted("it as on main")
        .cure(
            there == null ? "it comes with the column that it numbers" : "give it main's name",
            there == null
                ? List.of()
                : List.of(
                    "ALTER SEQUENCE " + there + " RENAME TO " + QualifiedName.own(object.name())),
            false);
  }

  private void extra(ObjectFacts object) {
    if (List.of("right", "owner", "comment", "owned sequence", FORCED).contains(object.kind())) {
      return; // it has more than on main, which a DBA may want
    }
    findings
        .add(NOTE, BACKUP, check(object), object.name())
        .found(object.kind() + " " + object.name() + ", which main does not have")
        .wanted("the same on both sides")
        .cure("drop it, or make it on main as well");
  }

  private void different(ObjectFacts main, ObjectFacts backup) {
    List<String> commands =
        switch (main.kind()) {
          case "extension" ->
              List.of("ALTER EXTENSION " + main.name() + " UPDATE TO '" + main.form() + "'");
          case "sequence" -> List.of("ALTER SEQUENCE " + main.name() + " " + main.form());
          case "enum" -> EnumLabels.missing(main, backup);
          case "function", "view", "owner", "comment" -> create(main);
          case "policy", "rule" -> anew(main);
          default -> List.of();
        };
    boolean stalls =
        main.kind().equals("enum")
            ? !EnumLabels.of(backup).containsAll(EnumLabels.of(main))
            : main.kind().equals("type");
    findings
        .add(stalls ? BLOCKER : WARNING, BACKUP, check(main), main.name())
        .found(main.kind() + " " + main.name() + ": " + shortened(words(backup)))
        .wanted(shortened(words(main)) + " as on main")
        .cure(
            commands.isEmpty() ? "bring it to main's form" : "bring it to main's form so",
            commands,
            false);
  }

  private static List<String> anew(ObjectFacts object) {
    List<String> commands =
        new ArrayList<>(
            List.of("DROP " + object.kind().toUpperCase(Locale.ROOT) + " " + object.name()));
    commands.addAll(create(object));
    return commands;
  }

  private static String words(ObjectFacts object) {
    return (object.kind().equals("view") ? object.create() + " " : "").stripLeading()
        + object.form();
  }

  private static String check(ObjectFacts object) {
    return object.kind();
  }

  private static List<String> create(ObjectFacts object) {
    String select = object.form().replaceFirst(";\\s*$", "");
    return switch (object.kind()) {
      case "view" ->
          List.of("CREATE OR REPLACE VIEW " + object.name() + object.create() + " AS " + select);
      case "materialised view" ->
          List.of("CREATE MATERIALIZED VIEW " + object.name() + " AS " + select + " WITH NO DATA");
      default -> object.create().isEmpty() ? List.of() : List.of(object.create());
    };
  }

  private static String shortened(String form) {
    return form.length() > 200 ? form.substring(0, 200) + " ..." : form;
  }
}
