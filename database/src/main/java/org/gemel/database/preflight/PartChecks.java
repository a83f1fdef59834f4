package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;

import java.util.ArrayList;
import java.util.List;

/**
 * Where constraints, indexes and triggers of a table differ. Those of the same meaning under
 * another name are the same. What only the backup forbids (checks, unique and exclusion) stalls a
 * replication at the first row that main allows.
 */
final class PartChecks {
  private final Findings findings;

  PartChecks(Findings findings) {
    this.findings = findings;
  }

  /**
   * Compares them.
   *
   * @param sameRelease of both servers; others write the same expression in other words, so then a
   *     check of the same name may well be the same
   */
  void check(TableFacts main, TableFacts backup, boolean sameRelease) {
    List<PartFacts> extra = new ArrayList<>(backup.constraints());
    List<PartFacts> proven =
        main.constraints().stream().filter(part -> !part.isUnproven()).toList();
    List<PartFacts> alone = without(proven, extra);
    for (PartFacts part : extra) { // first, for what is added may have the same name
      boolean written =
          !sameRelease && alone.stream().anyMatch(other -> other.name().equals(part.name()));
      boolean forbids = !part.kind().equals("f") && !written;
      say(main, forbids ? BLOCKER : WARNING, "constraint " + words(part), "none")
          .cure(
              "drop it, or add it on main",
              "ALTER TABLE " + main.name() + " DROP CONSTRAINT " + part.name());
    }
    for (PartFacts part : alone) {
      boolean key = part.kind().equals("p");
      say(main, key ? BLOCKER : WARNING, "no constraint " + part.name(), part.definition())
          .cure("add it", "ALTER TABLE " + main.name() + " ADD CONSTRAINT " + words(part));
    }
    unproven(main, backup);
    extra = new ArrayList<>(backup.indexes());
    alone = without(main.indexes(), extra);
    for (PartFacts part : extra) {
      boolean forbids = part.kind().equals("unique");
      say(main, forbids ? BLOCKER : WARNING, "index " + part.definition(), "none")
          .cure(
              "drop it, or make it on main",
              "DROP INDEX " + QualifiedName.schema(main.name()) + part.name());
    }
    for (PartFacts part : alone) {
      say(main, WARNING, "no index " + part.name(), part.definition())
          .cure("make it", part.definition());
    }
    triggers(main, backup);
  }

  /** Rows of before it may break it, and come as all others do: here it must not be. */
  private void unproven(TableFacts main, TableFacts backup) {
    List<String> there = backup.constraints().stream().map(PartFacts::name).toList();
    for (PartFacts part : main.constraints()) {
      if (part.isUnproven() && !there.contains(part.name())) {
        say(main, WARNING, "no constraint " + part.name(), part.definition())
            .cure(
                "validate it on main, and a start makes it here; until then it is missing once"
                    + " this is main");
      }
    }
  }

  private void triggers(TableFacts main, TableFacts backup) {
    List<PartFacts> extra = new ArrayList<>(backup.triggers());
    List<PartFacts> alone = without(main.triggers(), extra);
    for (PartFacts part : extra) {
      say(main, WARNING, "trigger " + part.name() + ": " + part.definition(), "none")
          .cure(
              "drop it, or make it on main", "DROP TRIGGER " + part.name() + " ON " + main.name());
    }
    for (PartFacts part : alone) {
      say(main, WARNING, "no trigger " + part.name(), part.definition())
          .cure("make it", part.definition());
    }
    for (PartFacts part : main.triggers()) {
      for (PartFacts other : backup.triggers()) {
        if (!other.name().equals(part.name()) || other.kind().equals(part.kind())) {
          continue;
        }
        // What fires for a replication only, or for that too, would do again what main has done.
        boolean fires = part.kind().equals("O") || part.kind().equals("A");
        if (other.kind().equals(fires ? "O" : "D")) {
          say(
                  main,
                  WARNING,
                  "trigger " + part.name() + ": " + fires(other.kind()),
                  fires(part.kind()))
              .cure("make it so by hand once this is main");
        } else if (fires == other.kind().equals("D") || !fires) {
          say(
                  main,
                  WARNING,
                  "trigger " + part.name() + (fires ? " disabled" : " enabled"),
                  fires ? "enabled" : "disabled")
              .cure(
                  "make it so",
                  "ALTER TABLE "
                      + main.name()
                      + (fires ? " ENABLE" : " DISABLE")
                      + " TRIGGER "
                      + part.name());
        }
      }
    }
  }

  private static String fires(String kind) {
    return switch (kind) {
      case "A" -> "firing for clients and replication (ALWAYS)";
      case "R" -> "firing for replication only (REPLICA)";
      case "D" -> "disabled";
      default -> "firing for clients";
    };
  }

  /** Those that have no equal in {@code others}; their equals are taken out of it. */
  private static List<PartFacts> without(List<PartFacts> parts, List<PartFacts> others) {
    List<PartFacts> alone = new ArrayList<>();
    for (PartFacts part : parts) {
      boolean found =
          others.removeIf(o -> o.name().equals(part.name()) && same(o, part))
              || removeFirst(others, part);
      if (!found) {
        alone.add(part);
      }
    }
    return alone;
  }

  private static boolean removeFirst(List<PartFacts> others, PartFacts part) {
    for (PartFacts other : others) {
      if (same(other, part)) {
        others.remove(other);
        return true;
      }
    }
    return false;
  }

  static boolean same(PartFacts one, PartFacts other) {
    return meaning(one).equals(meaning(other));
  }

  /** Its definition without its own name, which stands once in a whole statement. */
  private static String meaning(PartFacts part) {
    String named = " " + part.name() + " ";
    int at = part.definition().startsWith("CREATE ") ? part.definition().indexOf(named) : -1;
    return at < 0
        ? part.definition()
        : part.definition().substring(0, at) + part.definition().substring(at + named.length() - 1);
  }

  private Findings.Draft say(TableFacts table, Level level, String found, String wanted) {
    return findings
        .add(level, BACKUP, "schema", table.name())
        .found(found + " on " + table.name())
        .wanted(wanted + (wanted.equals("none") ? ", as on main" : " as on main"));
  }

  private static String words(PartFacts part) {
    return part.name() + " " + part.definition();
  }
}
