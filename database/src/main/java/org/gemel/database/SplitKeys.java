package org.gemel.database;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of each table changed on either side of a split.
 *
 * <p>Main's agent goes on noting meanwhile. So main's log is looked into first and its notes are
 * read afterwards: what was not noted yet is in the one, what was noted since is in the other.
 */
final class SplitKeys {
  /** When either side changed a key last. */
  record Times(String key, @Nullable Instant here, @Nullable Instant onMain) {}

  /** What changed of one table on either side. */
  record OfTable(
      List<String> columns,
      String wholeHere,
      String wholeOnMain,
      Instant newestHere,
      Instant newestOnMain) {
    boolean whole() {
      return !wholeHere.isEmpty() || !wholeOnMain.isEmpty();
    }

    /** Whether this side changed anything of it. */
    boolean changedHere() {
      return newestHere.isAfter(Instant.EPOCH);
    }

    String why() {
      return !wholeHere.isEmpty() ? wholeHere + " here" : wholeOnMain + " on main";
    }
  }

  private final Session session;
  private final Session main;
  private final Map<String, ChangedTable> peeked;
  private final Map<String, OfTable> tables = new TreeMap<>();

  SplitKeys(Session session, Session main, Map<String, ChangedTable> peeked) throws SQLException {
    this.session = session;
    this.main = main;
    this.peeked = peeked;
    Map<String, ChangeNotes.Noted> here = new ChangeNotes(session).tables();
    Map<String, ChangeNotes.Noted> there = new ChangeNotes(main).tables();
    java.util.TreeSet<String> names = new java.util.TreeSet<>(here.keySet());
    names.addAll(there.keySet());
    names.addAll(peeked.keySet());
    for (String name : names) {
      tables.put(name, merged(here.get(name), there.get(name), peeked.get(name)));
    }
  }

  private static OfTable merged(
      ChangeNotes.@Nullable Noted here,
      ChangeNotes.@Nullable Noted there,
      @Nullable ChangedTable peeked) {
    List<String> columns = List.of();
    String wholeHere = here == null ? "" : here.whole();
    String wholeThere = there == null ? "" : there.whole();
    if (wholeThere.isEmpty() && peeked != null) {
      wholeThere = peeked.whole();
    }
    for (List<String> found :
        List.of(
            here == null ? List.<String>of() : here.columns(),
            there == null ? List.<String>of() : there.columns(),
            peeked == null ? List.<String>of() : peeked.columns())) {
      if (columns.isEmpty()) {
        columns = found;
      } else if (!found.isEmpty() && !found.equals(columns)) {
        wholeHere = wholeHere.isEmpty() ? "its key was altered" : wholeHere;
      }
    }
    Instant onMain = there == null ? Instant.EPOCH : there.newest();
    if (peeked != null && peeked.newest().isAfter(onMain)) {
      onMain = peeked.newest();
    }
    return new OfTable(
        columns, wholeHere, wholeThere, here == null ? Instant.EPOCH : here.newest(), onMain);
  }

  Map<String, OfTable> tables() {
    return tables;
  }

  /** In the order of their digests, which is the same whenever it is read. */
  Map<String, Times> of(String table) throws SQLException {
    Map<String, Times> keys = new TreeMap<>();
    String query = "SELECT digest, key, newest FROM gemel.changed_key WHERE name = ?";
    if (new ChangeNotes(session).log().isPresent()) {
      session.list(
          query,
          row ->
              keys.put(
                  row.getString(1),
                  new Times(row.getString(2), row.getTimestamp(3).toInstant(), null)),
          table);
    }
    if (new ChangeNotes(main).log().isPresent()) {
      main.list(
          query,
          row -> {
            onMain(keys, row.getString(1), row.getString(2), row.getTimestamp(3).toInstant());
            return true;
          },
          table);
    }
    ChangedTable more = peeked.get(table);
    if (more != null) {
      more.keys().forEach((key, at) -> onMain(keys, Keys.digest(key), key, at));
    }
    return keys;
  }

  private static void onMain(Map<String, Times> keys, String digest, String key, Instant at) {
    keys.merge(
        digest,
        new Times(key, null, at),
        (a, b) ->
            new Times(
                key, a.here(), a.onMain() == null || at.isAfter(a.onMain()) ? at : a.onMain()));
  }
}
