package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gemel.postgres.PostgresBinaries;
import org.gemel.postgres.PostgresSettings;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand tables, and a single one of two gigabytes: everything works, and how long each act
 * takes. Run with {@code -Dtest=LargeByHand}, smaller with {@code -Dgemel.tables=} and {@code
 * -Dgemel.gigabytes=}.
 */
@NullUnmarked // the folder is set before the test, not by a constructor
final class LargeByHand {
  @TempDir Path folder;

  /** Something that is done. */
  interface Act {
    void perform() throws Exception;
  }

  private static void timed(String name, Act act) throws Exception {
    long before = System.nanoTime();
    act.perform();
    System.out.printf("%-40s %,9d ms%n", name, (System.nanoTime() - before) / 1_000_000);
  }

  private Servers servers() throws Exception {
    PostgresBinaries binaries = PostgresBinaries.unpack(Path.of("target", "postgres-cache"));
    return new Servers(
        folder,
        binaries,
        PostgresSettings.standard()
            .with("max_locks_per_transaction", "512")
            .with("shared_buffers", "256MB")
            .with("max_wal_size", "4GB"));
  }

  @Test
  void tenThousandTables() throws Exception {
    int tables = Integer.getInteger("gemel.tables", 10_000);
    Servers servers = servers();
    try {
      Newsroom newsroom = new Newsroom(servers, "many");
      Newsroom.Side x = newsroom.x;
      Newsroom.Side y = newsroom.y;
      timed(
          tables + " tables made on both sides",
          () -> {
            for (Newsroom.Side side : List.of(x, y)) {
              for (int from = 1; from <= tables; from += 1000) {
                side.sql(
                    """
                    DO $$ BEGIN FOR n IN %d..%d LOOP
                      EXECUTE format('CREATE TABLE many_%%s(id int PRIMARY KEY, note text)', n);
                    END LOOP; END $$"""
                        .formatted(from, Math.min(tables, from + 999)));
              }
            }
          });
      newsroom.fill(100);
      for (int from = 1; from <= tables; from += 1000) {
        x.sql(
            """
            DO $$ BEGIN FOR n IN %d..%d LOOP
              EXECUTE format('INSERT INTO many_%%s VALUES (1, ''one''), (2, ''two'')', n);
            END LOOP; END $$"""
                .formatted(from, Math.min(tables, from + 999)));
      }
      timed("facts of one side", () -> x.database.facts(y.asMain()));
      timed("publish", x.database::publish);
      timed("publish again", x.database::publish);
      timed("subscribe", () -> y.database.subscribe(x.asMain(), 1));
      timed("copy", () -> y.database.copy(CopyPace.standard(), _ -> {}));
      timed(
          "first copy complete",
          () -> Newsroom.await("the copy", () -> y.database.initialSync().complete()));
      timed("status of main", x::online);
      timed("status of the backup", y::online);
      timed("definitions", x.database::definitions);
      timed("confirmed", () -> newsroom.awaitConfirmed(x));
      Switchover there = new Switchover(newsroom, x, y, 2);
      for (Switchover.Act act : there.acts) {
        timed("  switch: " + act.name(), act.doing()::perform);
      }
      assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
      timed("confirmed the other way", () -> newsroom.awaitConfirmed(y));
      timed(
          "parting",
          () -> {
            x.split.partFromMain();
            y.split.partFromBackup();
            x.database.openAsMain(3);
          });
      x.sql("UPDATE many_1 SET note = 'X'");
      timed(
          "preview",
          () ->
              assertThat(x.split.preview(y.asMain(), Optional.empty()).overwritten()).isEqualTo(2));
      x.database.markBackup(4);
      String hash = x.split.preview(y.asMain(), Optional.empty()).hash();
      y.database.publish();
      timed("rejoin", () -> assertThat(x.split.rejoin(y.asMain(), hash, 4).repaired()).isTrue());
      newsroom.awaitConfirmed(y);
      timed("compare", () -> x.database.compare(y.asMain(), ComparisonPace.standard(), _ -> {}));
    } finally {
      servers.stop();
    }
  }

  @Test
  void oneTableOfGigabytes() throws Exception {
    long gigabytes = Long.getLong("gemel.gigabytes", 2);
    Servers servers = servers();
    try {
      Newsroom newsroom = new Newsroom(servers, "large");
      Newsroom.Side x = newsroom.x;
      Newsroom.Side y = newsroom.y;
      for (Newsroom.Side side : List.of(x, y)) {
        side.sql("CREATE TABLE large(id bigint PRIMARY KEY, note text, padding text)");
      }
      newsroom.fill(100);
      timed(
          gigabytes + " GB made",
          () ->
              x.sql(
                  "INSERT INTO large SELECT n, 'note ' || n, repeat(md5(n::text), 30)"
                      + " FROM generate_series(1, "
                      + gigabytes * 1_000_000
                      + ") n"));
      timed(
          "start",
          () -> {
            x.database.publish();
            y.database.subscribe(x.asMain(), 1);
            y.database.copy(CopyPace.standard(), sync -> System.out.println(sync.words()));
            Newsroom.await("the copy", () -> y.database.initialSync().complete());
          });
      assertThat(y.number("SELECT count(*) FROM large")).isEqualTo(gigabytes * 1_000_000);
      timed("confirmed", () -> newsroom.awaitConfirmed(x));
      x.sql("UPDATE large SET note = 'X' WHERE id % 1000 = 0");
      timed("its changes", () -> newsroom.awaitConfirmed(x));
      Switchover there = new Switchover(newsroom, x, y, 2);
      timed("switch", there::perform);
      assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
    } finally {
      servers.stop();
    }
  }
}
