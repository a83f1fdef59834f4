package org.gemel.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs main's clients that changes are noted: not at all, by the log's slot, and by
 * triggers; in turns. Run with {@code -Dtest=ChangeLogFiguresByHand}.
 */
@NullUnmarked // the folder is set before the test, not by a constructor
final class ChangeLogFiguresByHand {
  private static final int CLIENTS = 4;
  private static final Duration LENGTH = Duration.ofSeconds(12);
  private static final int ROUNDS = 4;

  private static final List<String> TRIGGERS =
      List.of(
          "CREATE TABLE noted(name text, key text, at timestamptz, PRIMARY KEY (name, key))",
          """
          CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
            INSERT INTO noted VALUES (TG_TABLE_NAME, coalesce(NEW.id, OLD.id)::text, now())
              ON CONFLICT (name, key) DO UPDATE SET at = excluded.at;
            RETURN NULL; END $$""",
          "CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON assets FOR EACH ROW"
              + " EXECUTE FUNCTION note()");

  @TempDir Path folder;

  @Test
  void whatClientsPay() throws Exception {
    Servers servers = new Servers(folder);
    Newsroom newsroom = new Newsroom(servers, "figures");
    newsroom.fill(100_000);
    Newsroom.Side x = newsroom.x;
    newsroom.startReplication(x, newsroom.y, 1);
    newsroom.y.database.unsubscribe();
    x.database.unpublish();
    long[] rows = new long[3];
    run(x, () -> {}); // warm
    for (int round = 0; round < ROUNDS; round++) {
      rows[0] += run(x, () -> {});

      newsroom.startReplication(x, newsroom.y, 1);
      newsroom.y.split.partFromMain();
      x.split.partFromBackup();
      rows[1] += run(x, () -> x.split.drainChanges());
      x.database.unpublish();
      newsroom.y.database.unpublish();

      for (String command : TRIGGERS) {
        x.sql(command);
      }
      rows[2] += run(x, () -> {});
      x.sql("DROP TABLE noted", "DROP FUNCTION note() CASCADE");
    }
    System.out.printf(
        "FIGURE transactions a second: none %d, slot %d (%.1f %%), triggers %d (%.1f %%)%n",
        rows[0] / ROUNDS / LENGTH.toSeconds(),
        rows[1] / ROUNDS / LENGTH.toSeconds(),
        100.0 * rows[1] / rows[0] - 100,
        rows[2] / ROUNDS / LENGTH.toSeconds(),
        100.0 * rows[2] / rows[0] - 100);
    servers.stop();
  }

  private interface Meanwhile {
    void perform() throws Exception;
  }

  /** Transactions of clients that each change two rows and add one, and what goes on meanwhile. */
  private static long run(Newsroom.Side side, Meanwhile meanwhile) throws Exception {
    side.sql("VACUUM ANALYZE", "CHECKPOINT");
    AtomicLong done = new AtomicLong();
    long end = System.nanoTime() + LENGTH.toNanos();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofPlatform().start(() -> work(side, end, done)));
    }
    long next = System.nanoTime();
    while (System.nanoTime() < end) {
      if (System.nanoTime() > next) {
        meanwhile.perform();
        next += Duration.ofSeconds(5).toNanos();
      }
      Thread.sleep(20);
    }
    for (Thread client : clients) {
      client.join();
    }
    return done.get();
  }

  private static void work(Newsroom.Side side, long end, AtomicLong done) {
    try (Connection connection = side.client();
        PreparedStatement update =
            connection.prepareStatement("UPDATE assets SET title = title || '.' WHERE id = ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO assets(project, title) VALUES (1, 'new')")) {
      connection.setAutoCommit(false);
      while (System.nanoTime() < end) {
        for (int i = 0; i < 2; i++) {
          update.setLong(1, ThreadLocalRandom.current().nextLong(1, 100_000));
          update.executeUpdate();
        }
        insert.executeUpdate();
        connection.commit();
        done.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
