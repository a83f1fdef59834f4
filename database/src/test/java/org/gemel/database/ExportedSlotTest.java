package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportedSlotTest {
  private static final String SLOTS = "SELECT count(*) FROM pg_replication_slots";

  @TempDir Path folder;

  @Test
  void theSnapshotShowsJustWhatTheSlotDoesNotHaveAndGoesWithItsOwner() throws Exception {
    Servers servers = new Servers(folder);
    try {
      Newsroom newsroom = new Newsroom(servers, "snapshot");
      Newsroom.Side x = newsroom.x;
      newsroom.fill(10);
      x.database.publish();
      try (Connection other = x.node.server.connect("postgres");
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("SELECT pg_current_xact_id()");
        assertThatThrownBy(() -> ExportedSlot.make(x.asMain(), "gemel_s", Duration.ofSeconds(1)))
            .isInstanceOf(DatabaseFailure.class)
            .hasMessageContaining("stay open for more than 1 s");
        assertThat(x.number(SLOTS)).isZero();
      }
      String snapshot;
      try (ExportedSlot slot = ExportedSlot.make(x.asMain(), "gemel_s", Duration.ofSeconds(30))) {
        snapshot = slot.snapshot();
        x.writeAsset("after the snapshot");
        assertThat(x.number("SELECT count(*) FROM assets")).isEqualTo(11);
        assertThat(assetsAt(x, snapshot)).isEqualTo(10);
        assertThat(changes(x, slot.start()))
            .contains("after the snapshot")
            .doesNotContain("title 10");
      }
      assertThat(x.number(SLOTS)).isEqualTo(1);
      Newsroom.await("the snapshot to go", () -> !canTakeUp(x, snapshot));
      assertThatThrownBy(() -> ExportedSlot.make(x.asMain(), "gemel_s", Duration.ofSeconds(30)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("already exists");
      x.sql("SELECT pg_drop_replication_slot('gemel_s')");
    } finally {
      servers.stop();
    }
  }

  private static long assetsAt(Newsroom.Side side, String snapshot) throws Exception {
    long[] count = new long[1];
    try (Session session =
        Session.replication(side.asMain().address(), side.asMain().replication(), List.of())) {
      session.transaction(
          () -> {
            session.command("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            session.command("SET TRANSACTION SNAPSHOT " + Sql.literal(snapshot));
            count[0] = session.one("SELECT count(*) FROM public.assets", row -> row.getLong(1));
          });
    }
    return count[0];
  }

  private static boolean canTakeUp(Newsroom.Side side, String snapshot) throws Exception {
    try {
      return assetsAt(side, snapshot) > 0;
    } catch (SQLException e) {
      return false;
    }
  }

  private static String changes(Newsroom.Side side, WalPosition start) throws Exception {
    assertThat(start.toString()).contains("/");
    return String.join(
        " ",
        side.list(
            "SELECT convert_from(decode(replace(encode(data, 'hex'), '00', '20'), 'hex'), 'LATIN1')"
                + " FROM pg_logical_slot_peek_binary_changes('gemel_s', NULL, NULL,"
                + " 'proto_version', '1', 'publication_names', '"
                + Names.of("Newsroom snapshot")
                + "')",
            row -> row.getString(1)));
  }
}
