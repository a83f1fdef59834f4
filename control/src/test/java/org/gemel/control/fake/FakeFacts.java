package org.gemel.control.fake;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.gemel.core.Side;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preflight.DatabaseFacts.ReachFacts;
import org.gemel.database.preflight.DatabaseFacts.RoleFacts;
import org.gemel.database.preflight.ServerFacts;
import org.gemel.database.preflight.TableFacts;
import tools.jackson.databind.json.JsonMapper;

/** Facts of two databases, X main and Y backup, and how an agent packs them. */
public final class FakeFacts {
  private FakeFacts() {}

  /** A table of one side; without a key where that is said. */
  public static TableFacts table(String name, boolean keyed) {
    return new TableFacts(
        name, "r", "p", "", "", List.of(), keyed, "d", List.of(), false, 5, 4, List.of(), List.of(),
        List.of(), List.of(), List.of());
  }

  /** Of a side where nothing is amiss. */
  public static DatabaseFacts of(Side side, String mark, TableFacts... tables) {
    return new DatabaseFacts(
        new ServerFacts(
            180000,
            side.name(),
            false,
            Map.of(
                "wal_level", "logical",
                "max_replication_slots", "20",
                "max_wal_senders", "20",
                "max_active_replication_origins", "20",
                "max_logical_replication_workers", "9",
                "max_worker_processes", "20",
                "max_slot_wal_keep_size", "1000"),
            List.of(),
            0,
            0,
            0,
            List.of(),
            List.of(),
            1L << 40),
        "newsroom on " + side,
        "newsroom",
        "gemel_north",
        mark,
        1 << 20,
        "UTF8",
        "c",
        0,
        List.of(),
        new RoleFacts(
            "gemel", true, "copier", "ready", List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of()),
        new ReachFacts("the other", "REACHED", ""),
        List.of(tables),
        List.of(),
        List.of(),
        List.of());
  }

  public static ByteString packed(Object facts) {
    ByteString.Output bytes = ByteString.newOutput();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(JsonMapper.shared().writeValueAsBytes(facts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }
}
