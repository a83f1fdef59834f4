package org.gemel.demo.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.gemel.demo.workload.Act;
import org.gemel.demo.workload.DatabaseAccess;
import org.gemel.demo.workload.DurableFiles;
import org.gemel.demo.workload.Item;
import org.gemel.demo.workload.Journal;
import org.gemel.demo.workload.JournalLine;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a side has everything acknowledged: rows and file as last acknowledged, and nothing
 * acknowledged as deleted.
 *
 * <p>It may be read while work goes on: items that any journal mentions again while this reads are
 * left out and counted. An item with an act in doubt may show the state before or after that act,
 * row and file each for itself.
 */
final class AcknowledgedProof {
  private final List<Path> journals;
  private final List<Overwritten> overwritten;

  AcknowledgedProof(List<Path> journals, List<Overwritten> overwritten) {
    this.journals = journals;
    this.overwritten = overwritten;
  }

  /**
   * What came out.
   *
   * @param present items whose row and file were checked
   * @param deleted items that had to be gone
   * @param inDoubt items checked that have an act of unknown outcome
   * @param moving items left out, since they changed meanwhile
   */
  record Result(int present, int deleted, int inDoubt, int moving, List<Finding> findings) {}

  Result prove(DatabaseAccess database, Path volume) throws IOException, SQLException {
    List<JournalLine> before = lines();
    Map<String, Map<UUID, ExpectedRows.Row>> rows;
    try (Connection connection = database.open()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      rows = ExpectedRows.read(connection);
      connection.rollback();
    }
    Map<UUID, List<Finding>> faults = new java.util.LinkedHashMap<>();
    Map<UUID, Item> items = Item.fold(before.stream().filter(this::isDemanded).toList());
    for (Item item : items.values()) {
      faults.put(item.id(), check(item, rows, volume));
    }
    Map<UUID, Long> linesThen = countByItem(before);
    Map<UUID, Long> linesNow = countByItem(lines());
    return sum(items, faults, linesThen, linesNow);
  }

  private static Result sum(
      Map<UUID, Item> items,
      Map<UUID, List<Finding>> faults,
      Map<UUID, Long> then,
      Map<UUID, Long> now) {
    int present = 0;
    int deleted = 0;
    int inDoubt = 0;
    int moving = 0;
    List<Finding> findings = new ArrayList<>();
    for (Item item : items.values()) {
      JournalLine last = item.acknowledged();
      if (!Objects.equals(then.get(item.id()), now.get(item.id()))) {
        moving++;
        continue;
      }
      findings.addAll(faults.getOrDefault(item.id(), List.of()));
      if (!item.possible().isEmpty()) {
        inDoubt++;
      }
      if (last != null && last.act() == Act.DELETE) {
        deleted++;
      } else if (last != null) {
        present++;
      }
    }
    return new Result(present, deleted, inDoubt, moving, List.copyOf(findings));
  }

  private List<JournalLine> lines() throws IOException {
    List<JournalLine> all = new ArrayList<>();
    for (Path journal : journals) {
      all.addAll(Journal.read(journal));
    }
    return all;
  }

  private boolean isDemanded(JournalLine line) {
    return overwritten.stream().noneMatch(part -> part.covers(line));
  }

  private static Map<UUID, Long> countByItem(List<JournalLine> lines) {
    return lines.stream()
        .collect(
            java.util.stream.Collectors.groupingBy(
                JournalLine::item, java.util.stream.Collectors.counting()));
  }

  private static List<Finding> check(
      Item item, Map<String, Map<UUID, ExpectedRows.Row>> rows, Path volume) throws IOException {
    JournalLine last = item.acknowledged();
    if (last == null) {
      return List.of();
    }
    List<JournalLine> allowed = new ArrayList<>(item.possible());
    allowed.addFirst(last);
    List<Finding> findings = new ArrayList<>();
    String what =
        last.table()
            + " "
            + item.id()
            + " ("
            + last.file()
            + ", acknowledged on "
            + last.side()
            + " at "
            + last.at()
            + ")";
    ExpectedRows.@Nullable Row row = rows.getOrDefault(last.table(), Map.of()).get(item.id());
    if (allowed.stream()
        .noneMatch(line -> line.act() == Act.DELETE ? row == null : row != null && row.is(line))) {
      findings.add(new Finding(what, rowFault(last, row)));
    }
    boolean fileAsAllowed = false;
    for (JournalLine line : allowed) {
      fileAsAllowed |= fileIs(volume, line);
    }
    if (!fileAsAllowed) {
      findings.add(new Finding(what, fileFault(volume, last)));
    }
    return findings;
  }

  private static boolean fileIs(Path volume, JournalLine line) throws IOException {
    Path file = volume.resolve(line.file());
    if (line.act() == Act.DELETE) {
      return !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == line.size()
        && DurableFiles.sha256(file).equals(line.sha256());
  }

  private static String rowFault(JournalLine last, ExpectedRows.@Nullable Row row) {
    if (last.act() == Act.DELETE) {
      return "found its row, wanted none: the delete was acknowledged";
    }
    return row == null
        ? "found no row, wanted it: it was acknowledged"
        : "found row "
            + row
            + ", wanted version "
            + last.version()
            + " with size "
            + last.size()
            + " and sha256 "
            + last.sha256();
  }

  private static String fileFault(Path volume, JournalLine last) {
    if (last.act() == Act.DELETE) {
      return "found its file, wanted none: the delete was acknowledged";
    }
    return Files.exists(volume.resolve(last.file()), LinkOption.NOFOLLOW_LINKS)
        ? "found other content in its file, wanted sha256 " + last.sha256()
        : "found no file, wanted it: it was acknowledged";
  }
}
