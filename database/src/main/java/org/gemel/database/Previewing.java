package org.gemel.database;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.database.preview.ChangeLogState;
import org.gemel.database.preview.PreviewedRow;
import org.gemel.database.preview.PreviewedTable;
import org.gemel.database.preview.SplitPreview;

/**
 * Reads what joining the sides would overwrite here. Both sides are read at one moment each; main's
 * log is looked into after main's moment, so that no key that differs at that moment is missing.
 */
final class Previewing {
  private static final int EXAMPLES = 20;

  /** Is told, a table after the other, of each row that will be lost, replaced or come back. */
  interface Listener {
    void row(SplitTable table, SplitRow row) throws SQLException, DatabaseFailure;

    /** All rows of all tables were told. */
    default void finished() throws DatabaseFailure {}
  }

  private final SplitSides sides;
  private final Session session;
  private final Session mainRows;
  private final Session mainNotes;

  /**
   * @param mainRows is inside a transaction with a snapshot already
   */
  Previewing(SplitSides sides, Session session, Session mainRows, Session mainNotes) {
    this.sides = sides;
    this.session = session;
    this.mainRows = mainRows;
    this.mainNotes = mainNotes;
  }

  /** Inside a transaction with a snapshot on this side. */
  SplitPreview preview(Listener listener) throws SQLException, DatabaseFailure {
    BothSides.alike(session);
    BothSides.alike(mainRows);
    Map<String, SplitTable> tables = SplitTable.read(session);
    Optional<ChangeLogState> here = sides.here();
    Optional<ChangeLogState> onMain = sides.onMain();
    String hash = LossHash.of(new LossHash(session, tables).ofTables(), here, onMain);
    List<PreviewedTable> previewed = new ArrayList<>();
    Map<String, ChangedTable> peeked = sides.peekIntoMain();
    mainNotes.snapshot(
        () ->
            previewed.addAll(
                previewed(tables, new SplitKeys(session, mainNotes, peeked), listener)));
    return new SplitPreview(hash, incomplete(here), here, onMain, previewed);
  }

  private List<PreviewedTable> previewed(
      Map<String, SplitTable> tables, SplitKeys keys, Listener listener)
      throws SQLException, DatabaseFailure {
    SplitRows rows = new SplitRows(session, mainRows);
    List<PreviewedTable> previewed = new ArrayList<>();
    for (Map.Entry<String, SplitKeys.OfTable> changed : keys.tables().entrySet()) {
      SplitTable table = tables.get(changed.getKey());
      if (table != null) {
        Counts counts = new Counts(table, listener);
        rows.visit(table, changed.getValue(), keys, counts::add);
        if (counts.any()) {
          previewed.add(counts.previewed(changed.getValue()));
        }
      }
    }
    listener.finished();
    return previewed;
  }

  static String incomplete(Optional<ChangeLogState> here) {
    return here.map(ChangeLogState::incomplete)
        .orElse("no change log was kept here since the sides parted");
  }

  private static final class Counts {
    private final SplitTable table;
    private final Listener listener;
    private final List<PreviewedRow> examples = new ArrayList<>();
    private final Map<SplitRow.Fate, Long> counts = new EnumMap<>(SplitRow.Fate.class);

    Counts(SplitTable table, Listener listener) {
      this.table = table;
      this.listener = listener;
    }

    void add(SplitRow row) throws SQLException, DatabaseFailure {
      SplitRow.Fate fate = row.fate();
      counts.merge(fate, 1L, Long::sum);
      if (fate == SplitRow.Fate.SAME || fate == SplitRow.Fate.CAUGHT_UP) {
        return;
      }
      listener.row(table, row);
      if (examples.size() < EXAMPLES) {
        List<Optional<String>> values = row.here() == null ? row.onMain() : row.here();
        examples.add(
            new PreviewedRow(
                fate.name(),
                values == null ? "" : table.keyOf(values),
                row.changedHere() == null ? Instant.EPOCH : row.changedHere(),
                Optional.ofNullable(row.changedOnMain())));
      }
    }

    boolean any() {
      return count(SplitRow.Fate.LOST)
              + count(SplitRow.Fate.REPLACED)
              + count(SplitRow.Fate.BACK)
              + count(SplitRow.Fate.CAUGHT_UP)
          > 0;
    }

    private long count(SplitRow.Fate fate) {
      return counts.getOrDefault(fate, 0L);
    }

    PreviewedTable previewed(SplitKeys.OfTable changed) {
      return new PreviewedTable(
          table.name(),
          count(SplitRow.Fate.LOST),
          count(SplitRow.Fate.REPLACED),
          count(SplitRow.Fate.BACK),
          count(SplitRow.Fate.CAUGHT_UP),
          changed.whole() ? changed.why() : "",
          time(changed.newestHere()),
          time(changed.newestOnMain()),
          examples);
    }

    private static Optional<Instant> time(Instant time) {
      return time.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(time);
    }
  }
}
