package org.gemel.database.preflight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What makes a backup's definitions equal to main's when a start overwrites it.
 *
 * <p>Rows are of no concern: the tables are emptied in the same transaction. What would be gone for
 * good is what main does not have at all, so that is kept apart: nobody who confirmed that rows are
 * overwritten has confirmed that.
 *
 * @param findings all that differs
 * @param changes what makes and alters
 * @param drops what takes away something that main does not have
 * @param undecided what differs, would stall the replication and has no command, a sentence each
 */
public record Parity(
    List<PreflightFinding> findings,
    List<Change> changes,
    List<Drop> drops,
    List<String> undecided) {
  /**
   * One difference and its cure.
   *
   * @param needed the replication would stall without; else something would be missing later
   */
  public record Change(List<String> commands, boolean needed) {
    public Change {
      commands = List.copyOf(commands);
    }
  }

  /**
   * Something that only the backup has.
   *
   * @param needed the replication would stall where it stays
   */
  public record Drop(String command, boolean needed) {}

  public Parity {
    findings = List.copyOf(findings);
    changes = List.copyOf(changes);
    drops = List.copyOf(drops);
    undecided = List.copyOf(undecided);
  }

  /** Compares two databases. */
  public static Parity of(DatabaseFacts main, DatabaseFacts backup) {
    return of(main.definitions(), backup.definitions());
  }

  /** Compares two databases. */
  public static Parity of(Definitions main, Definitions backup) {
    Findings findings = new Findings(Integer.MAX_VALUE);
    new ObjectChecks(findings).compare(main, backup);
    new SchemaChecks(findings).check(main, backup);
    Map<String, Set<String>> parts = parts(main, backup);
    List<Change> changes = new ArrayList<>();
    List<Drop> drops = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    for (PreflightFinding finding : findings.all()) {
      boolean needed = finding.level() == Level.BLOCKER;
      if (finding.commands().isEmpty()) {
        if (needed) {
          undecided.add(finding.words());
        }
      } else if (takesAway(finding, parts.getOrDefault(finding.subject(), Set.of()))) {
        drops.add(new Drop(finding.commands().getFirst(), needed));
      } else {
        changes.add(new Change(finding.commands(), needed));
      }
    }
    return new Parity(findings.all(), changes, drops, undecided);
  }

  /** Tells the list of what would be dropped from every other; empty where nothing would be. */
  public String hash() {
    if (drops.isEmpty()) {
      return "";
    }
    String all = String.join("\n", drops.stream().map(Drop::command).sorted().toList());
    long hash = 0xcbf29ce484222325L; // FNV-1a: it guards against mistakes, not against people
    for (int i = 0; i < all.length(); i++) {
      hash = (hash ^ all.charAt(i)) * 0x100000001b3L;
    }
    return HexFormat.of().toHexDigits(hash);
  }

  /** Whether something has to be dropped before rows can come. */
  public boolean mustDrop() {
    return drops.stream().anyMatch(Drop::needed);
  }

  public boolean isNothing() {
    return changes.isEmpty() && drops.isEmpty() && undecided.isEmpty();
  }

  /** What stands in a main table under a name of its own, and so is altered and not dropped. */
  private static Map<String, Set<String>> parts(Definitions main, Definitions backup) {
    Map<String, Set<String>> parts = new HashMap<>();
    for (TableFacts table : main.tables()) {
      Set<String> names = parts.computeIfAbsent(table.name(), _ -> new HashSet<>());
      for (PartFacts part : table.constraints()) {
        names.add("CONSTRAINT " + part.name());
        if (part.kind().equals("p")) {
          names.add("PRIMARY KEY");
        }
      }
      table.indexes().forEach(part -> names.add("INDEX " + part.name()));
      table.triggers().forEach(part -> names.add("TRIGGER " + part.name()));
    }
    for (TableFacts table : backup.tables()) {
      Set<String> names = parts.getOrDefault(table.name(), Set.of());
      for (PartFacts part : table.constraints()) {
        if (part.kind().equals("p") && names.contains("PRIMARY KEY")) {
          names.add("CONSTRAINT " + part.name());
        }
      }
    }
    return parts;
  }

  private static boolean takesAway(PreflightFinding finding, Set<String> onMain) {
    if (finding.commands().size() != 1) {
      return false; // it makes something in its place
    }
    String command = finding.commands().getFirst();
    String alter = "ALTER TABLE " + finding.subject() + " DROP ";
    if (command.startsWith("DROP TABLE ") || command.startsWith(alter + "COLUMN ")) {
      return true;
    }
    if (command.startsWith(alter + "CONSTRAINT ")) {
      return !onMain.contains(command.substring(alter.length()));
    }
    if (command.startsWith("DROP INDEX ")) {
      return onMain.stream()
          .noneMatch(
              part -> part.startsWith("INDEX ") && command.endsWith("." + part.substring(6)));
    }
    if (command.startsWith("DROP TRIGGER ")) {
      return onMain.stream()
          .noneMatch(part -> command.equals("DROP " + part + " ON " + finding.subject()));
    }
    return false;
  }
}
