package org.gemel.database.preflight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What brings the definitions of a backup that follows to main's form again, after somebody altered
 * main's.
 *
 * <p>What takes something away comes last and in its own time: changes that main made before may
 * still be on their way, and need it to arrive at all.
 *
 * @param rewritten tables whose columns main has otherwise: which values old rows got there nobody
 *     can tell from the definitions, so they are copied again
 * @param first commands that make and alter
 * @param last commands that drop, or forbid rows that were allowed
 * @param undecided what differs and has no command, a sentence each: a person must decide
 */
public record Healing(
    Set<String> rewritten, List<String> first, List<String> last, List<String> undecided) {
  public Healing {
    rewritten = Set.copyOf(rewritten);
    first = List.copyOf(first);
    last = List.copyOf(last);
    undecided = List.copyOf(undecided);
  }

  /** Compares two databases. */
  public static Healing of(Definitions main, Definitions backup) {
    Findings findings = new Findings(Integer.MAX_VALUE);
    Set<String> rewritten = rewritten(main, backup);
    new ObjectChecks(findings).compare(main, backup);
    new SchemaChecks(findings).check(main, backup);
    List<String> first = new ArrayList<>();
    List<String> last = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    for (PreflightFinding finding : findings.all()) {
      if (!finding.commands().isEmpty()) {
        (isForLater(finding, rewritten) ? last : first).addAll(finding.commands());
      } else if (finding.level() == Level.BLOCKER) {
        undecided.add(finding.words());
      }
    }
    return new Healing(rewritten, first, last, undecided);
  }

  /** It takes away, or forbids, what changes that are still on their way may need. */
  private static boolean isForLater(PreflightFinding finding, Set<String> rewritten) {
    if (finding.commands().size() != 1) {
      return false;
    }
    String command = finding.commands().getFirst();
    String alter = "ALTER TABLE " + finding.subject();
    boolean takesAway =
        command.startsWith("DROP TABLE ") || command.startsWith(alter + " DROP COLUMN ");
    boolean forbids =
        command.startsWith("CREATE UNIQUE INDEX ")
            || command.startsWith(alter + " ADD CONSTRAINT ")
            || command.startsWith(alter + " REPLICA IDENTITY USING INDEX ") // made as late
            || command.endsWith(" SET NOT NULL");
    // Into a table that comes anew nothing is written meanwhile.
    return takesAway || (forbids && !rewritten.contains(finding.subject()));
  }

  private static Set<String> rewritten(Definitions main, Definitions backup) {
    Map<String, Map<String, ColumnFacts>> there = new HashMap<>();
    for (TableFacts table : backup.tables()) {
      Map<String, ColumnFacts> columns = new HashMap<>();
      table.columns().forEach(column -> columns.put(column.name(), column));
      there.put(table.name(), columns);
    }
    Set<String> rewritten = new TreeSet<>();
    for (TableFacts table : main.tables()) {
      Map<String, ColumnFacts> columns = there.get(table.name());
      if (columns == null || !table.replicable() || main.leftOut().contains(table.name())) {
        continue;
      }
      for (ColumnFacts column : table.columns()) {
        ColumnFacts other = columns.get(column.name());
        if (other == null
            || !other.type().equals(column.type())
            || !other.generated().equals(column.generated())) {
          rewritten.add(table.name());
        }
      }
    }
    return rewritten;
  }
}
