package org.gemel.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gemel.database.preview.ChangeLogState;

/**
 * The hash of what one side would lose: of each table it changed, the rows under its own keys as
 * they are, or all rows where the table counts as a whole. Nothing of main is in it but its
 * generation.
 */
final class LossHash {
  private static final int KEYS_AT_A_TIME = 500;

  private final Session session;
  private final Map<String, SplitTable> tables;

  LossHash(Session session, Map<String, SplitTable> tables) {
    this.session = session;
    this.tables = tables;
  }

  /** By table, so that it can be said later in which one something changed. */
  Map<String, String> ofTables() throws SQLException {
    Map<String, String> hashes = new TreeMap<>();
    for (Map.Entry<String, ChangeNotes.Noted> noted :
        new ChangeNotes(session).tables().entrySet()) {
      SplitTable table = tables.get(noted.getKey());
      if (table != null) {
        boolean whole =
            !noted.getValue().whole().isEmpty() || !table.hasAll(noted.getValue().columns());
        hashes.put(
            noted.getKey(), whole ? ofWhole(table) : ofKeys(table, noted.getValue().columns()));
      }
    }
    return hashes;
  }

  private String ofWhole(SplitTable table) throws SQLException {
    return session.one(digestOfAll(table), row -> row.getString(1));
  }

  /** Of all rows of a table, whatever their order. */
  static String digestOfAll(SplitTable table) {
    return "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(%s::text, 0)::numeric), 0) FROM ONLY %s t"
        .formatted(table.texts(), table.name());
  }

  private String ofKeys(SplitTable table, List<String> columns) throws SQLException {
    MessageDigest digest = Keys.sha256();
    List<SplitKeys.Times> keys =
        new ArrayList<>(
            session.list(
                "SELECT key FROM gemel.changed_key WHERE name = ? ORDER BY digest COLLATE \"C\"",
                row -> new SplitKeys.Times(row.getString(1), null, null),
                table.name()));
    for (int from = 0; from < keys.size(); from += KEYS_AT_A_TIME) {
      List<SplitKeys.Times> some = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_A_TIME));
      Map<Integer, SplitRows.Found> rows = SplitRows.byKeys(session, table, columns, some);
      for (int i = 0; i < some.size(); i++) {
        add(digest, some.get(i).key());
        SplitRows.Found found = rows.get(i);
        digest.update((byte) (found == null ? 0 : 1));
        if (found != null) {
          found.values().forEach(value -> add(digest, value));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  /** Of everything: the tables', and whose they are. */
  static String of(
      Map<String, String> tables, Optional<ChangeLogState> here, Optional<ChangeLogState> onMain) {
    MessageDigest digest = Keys.sha256();
    for (Optional<ChangeLogState> side : List.of(here, onMain)) {
      add(digest, side.map(ChangeLogState::generation));
    }
    add(digest, here.map(ChangeLogState::incomplete));
    tables.forEach(
        (table, hash) -> {
          add(digest, table);
          add(digest, hash);
        });
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static void add(MessageDigest digest, Optional<String> value) {
    digest.update((byte) (value.isPresent() ? 1 : 0));
    value.ifPresent(text -> add(digest, text));
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
