package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup's whole server is replaced by a copy of main's, with the programs of release 15. */
@NullUnmarked // fields are set before the tests, not by a constructor
@Tag("M-40")
final class PhysicalStartTest {
  private static final String SLOTS =
      "SELECT count(*) FROM pg_replication_slots WHERE slot_type = 'logical'";
  private static final String SYSTEM = "SELECT system_identifier FROM pg_control_system()";

  @TempDir static Path folder;
  private static PhysicalPair pair;
  private static Newsroom newsroom;
  private static Newsroom.Side x;
  private static Newsroom.Side y;

  @BeforeAll
  static void startServers() throws Exception {
    assumeTrue(
        PhysicalPair.isInstalled(), "PostgreSQL 15 is not installed in " + PhysicalPair.PROGRAMS);
    pair = new PhysicalPair(folder, "Physical");
    newsroom = pair.newsroom;
    x = newsroom.x;
    y = newsroom.y;
  }

  @AfterAll
  static void stopServers() throws Exception {
    if (pair != null) {
      pair.servers.stop();
    }
  }

  @BeforeEach
  void fillNewsroom() throws Exception {
    if (!y.node.server.isAlive()) {
      y.node.start();
    }
    newsroom.fill(5_000);
    x.database.publish();
  }

  @Test
  void aMainThatNeverOfferedAnythingIsTold() throws Exception {
    MainConnection never =
        new MainConnection(x.asMain().address(), new Credentials("not_made_yet", "a secret"));
    assertThatThrownBy(() -> new ServerCopy(newsroom.settings(y.node), never).listing())
        .hasMessageContaining("'not_made_yet' let in there, which the first start makes")
        .hasMessageContaining("without --overwrite-server")
        .hasMessageNotContaining("a secret");
  }

  @Test
  @Tag("M-11")
  void rowsWrittenBeforeDuringAndAfterTheCopyArriveExactlyOnce() throws Exception {
    x.sql(
        "CREATE TABLE IF NOT EXISTS notes(word text)",
        "ALTER TABLE notes REPLICA IDENTITY FULL",
        "INSERT INTO notes VALUES ('before')");
    x.database.publish();
    x.sql(
        "CREATE SUBSCRIPTION elsewhere CONNECTION 'host=127.0.0.1 dbname=none'"
            + " PUBLICATION none WITH (connect = false, slot_name = NONE)");
    x.node.sql("postgres", "CREATE DATABASE beside");
    y.node.sql("postgres", "CREATE DATABASE strange", "CREATE ROLE stranger");
    long before = y.number(SYSTEM);
    List<String> port = y.list("SHOW port", row -> row.getString(1));
    Files.writeString(pair.data().resolve("site.crt"), "the backup's own");

    ServerListing listing = pair.start().listing();
    assertThat(listing.against()).isEmpty();
    assertThat(listing.words()).contains("strange (", "stranger", "beside");
    assertThatThrownBy(() -> pair.start().perform(1, "", _ -> {}))
        .hasMessageContaining("strange")
        .hasMessageContaining("--overwrite-server " + listing.hash());
    assertThatThrownBy(() -> pair.start().perform(1, "0123456789ab", _ -> {}))
        .hasMessageContaining("another list");
    assertThat(pair.beside()).isEmpty();
    assertThat(x.number(SLOTS)).isZero();

    String words;
    try (Writers writers = new Writers(List.of(x), 2, 1)) {
      Newsroom.await("writers", () -> writers.acknowledged().size() > 50);
      FutureTask<Boolean> prepared = new FutureTask<>(PhysicalStartTest::prepareOnceKept);
      Thread.ofPlatform().start(prepared);
      words = pair.start().perform(1, listing.hash(), p -> writeNote(p.words()));
      assertThat(prepared.get()).isTrue();
      x.node.sql(newsroom.name, "COMMIT PREPARED 'in the midst'");
      x.writeAsset("after");
      Newsroom.await("the sync", () -> y.database.initialSync().complete());
      x.database.hold(Duration.ofMillis(300));
      newsroom.awaitConfirmed(x);
      assertThat(new HashSet<>(y.list("SELECT title FROM assets", row -> row.getString(1))))
          .containsAll(writers.acknowledged())
          .contains("after", "prepared");
    }
    assertThat(y.checksums()).isEqualTo(x.checksums());
    String notes = "SELECT word FROM notes ORDER BY 1";
    assertThat(y.list(notes, row -> row.getString(1)))
        .isEqualTo(x.list(notes, row -> row.getString(1)))
        .contains("before", "copying main", "recovering the copy");
    assertThat(y.number(SYSTEM)).isNotEqualTo(before).isNotEqualTo(x.number(SYSTEM));
    assertThat(x.list("SELECT system_identifier FROM gemel.follower", row -> row.getString(1)))
        .contains(Long.toUnsignedString(y.number(SYSTEM)));
    assertThat(x.number(SLOTS)).isEqualTo(1);
    assertThat(y.list("SHOW port", row -> row.getString(1))).isEqualTo(port);
    assertThat(pair.data().resolve("site.crt")).hasContent("the backup's own");
    assertThat(y.list("SELECT subname FROM pg_subscription", row -> row.getString(1))).hasSize(1);
    assertThat(y.number("SELECT count(*) FROM pg_prepared_xacts")).isZero();
    assertThat(y.number("SELECT count(*) FROM pg_publication")).isZero();
    assertThat(
            y.list(
                "SELECT datname || datallowconn FROM pg_database WHERE datname IN ('beside',"
                    + " 'strange')",
                row -> row.getString(1)))
        .containsExactly("besidefalse");
    assertThatThrownBy(() -> y.client().close()).isInstanceOf(SQLException.class);
    assertThat(y.online().mark().map(Mark::role)).contains(org.gemel.core.Role.BACKUP);
    assertThat(pair.beside()).hasSize(1);
    assertThat(words).contains(pair.beside().getFirst());
    clean();
    x.sql("DROP SUBSCRIPTION elsewhere", "DROP TABLE notes");
    x.node.sql("postgres", "DROP DATABASE beside");
  }

  @Test
  void aBackupFollowsOnUntilTheSwapAndASwitchNeedsNoCopyAfterIt() throws Exception {
    newsroom.startReplication(x, y, 1);
    String hash = pair.start().listing().hash();
    pair.start()
        .perform(
            1,
            hash,
            progress -> {
              if (progress.words().contains("recovering")) {
                follows("while the copy is made");
              }
            });
    follows("after it");
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.perform();
    assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
    y.writeAsset("on the copy");
    newsroom.awaitConfirmed(y);
    assertThat(x.checksums()).isEqualTo(y.checksums());
    clean();
  }

  @Test
  @Tag("M-21")
  void cutOffBeforeTheSwapTheOldServerIsAsItWasAndNothingIsLeft() throws Exception {
    List<String> rows = y.list("SELECT title || ctid FROM assets ORDER BY 1", r -> r.getString(1));
    for (String at : List.of("copying", "giving")) {
      CutOffStart.killAt(pair, at);
      assertThat(y.list("SELECT title || ctid FROM assets ORDER BY 1", r -> r.getString(1)))
          .isEqualTo(rows);
      assertThat(pair.beside()).as(at).isNotEmpty();
      assertThat(x.number(SLOTS)).as(at).isEqualTo(1);
      assertThat(pair.start().settle()).isEmpty();
      assertThat(pair.beside()).as(at).isEmpty();
      assertThat(x.number(SLOTS)).as(at).isZero();
    }
    CutOffStart.killAt(pair, "copying");
    x.database.unpublish();
    assertThat(x.number(SLOTS)).as("a stop on main ends it too").isZero();
  }

  @Test
  @Tag("M-21")
  void cutOffInTheSwapItGoesOnOrBack() throws Exception {
    long system = y.number(SYSTEM);
    CutOffStart.killInSite(pair, "stop");
    Newsroom.await("the stop", () -> !y.node.server.isAlive());
    assertThat(pair.start().settle()).as("nothing was renamed: back").isEmpty();
    assertThat(y.number(SYSTEM)).isEqualTo(system);
    assertThat(pair.beside()).isEmpty();
    assertThat(x.number(SLOTS)).isZero();

    cutOffAfterTheFirstRename();
    x.writeAsset("meanwhile");
    assertThat(pair.start().settle()).as("one was renamed: on").isPresent();
    follows("after the first rename");
    assertThat(y.number(SYSTEM)).isNotEqualTo(system);
    clean();

    system = y.number(SYSTEM);
    CutOffStart.killInSite(pair, "start");
    x.writeAsset("meanwhile");
    Optional<String> words = pair.start().settle();
    assertThat(words).isPresent();
    follows("after both renames");
    assertThat(y.number(SYSTEM)).isNotEqualTo(system);
    clean();
  }

  private static void cutOffAfterTheFirstRename() throws Exception {
    CutOffStart.killInSite(pair, "stop");
    Newsroom.await("the stop", () -> !y.node.server.isAlive());
    String aside = Files.readAllLines(pair.data().resolveSibling("y.gemel-note")).getFirst();
    Files.move(pair.data(), pair.data().resolveSibling(aside)); // as if it came so far
  }

  @Test
  @Tag("M-21")
  void whereMainIsLostInTheSwapTheCopyRunsAndFollowsOnceMainIsBack() throws Exception {
    long system = y.number(SYSTEM);
    cutOffAfterTheFirstRename();
    x.writeAsset("in the swap");
    x.node.crash();
    assertThatThrownBy(() -> pair.start().settle())
        .isInstanceOfSatisfying(
            DatabaseFailure.class,
            f -> assertThat(f.kind()).isEqualTo(DatabaseFailure.Kind.UNREACHABLE));
    assertThat(y.number(SYSTEM)).isNotEqualTo(system);
    assertThat(y.number("SELECT count(*) FROM assets")).isPositive();
    assertThat(y.online().mark().map(Mark::role)).contains(org.gemel.core.Role.BACKUP);
    assertThat(y.online().replication()).isInstanceOf(Replication.Failed.class);
    x.node.start();
    assertThat(pair.start().settle()).isPresent();
    follows("after main came back");
    clean();
  }

  @Test
  void aStopOnMainEndsTheCopyAndABackupThatBecameMainIsNotOverwritten() throws Exception {
    assertThatThrownBy(
            () ->
                pair.start()
                    .perform(1, hash(), p -> act(p.words(), "giving", x.database::unpublish)))
        .hasMessageContaining("gone from main");
    assertThat(pair.beside()).isEmpty();
    x.database.publish();
    assertThatThrownBy(
            () ->
                pair.start()
                    .perform(
                        1, hash(), p -> act(p.words(), "giving", () -> y.database.openAsMain(2))))
        .hasMessageContaining("epoch");
    assertThat(pair.beside()).isEmpty();
    assertThat(x.number(SLOTS)).isZero();
    assertThatThrownBy(() -> pair.start().perform(2, hash(), _ -> {}))
        .hasMessageContaining("marked MAIN");
  }

  @Test
  void aMainOfAnotherReleaseIsRefused() throws Exception {
    Servers.Node newer = new Servers.Node(folder.resolve("newer"));
    try {
      Newsroom two = new Newsroom(new Servers(newer, y.node), "Two releases");
      two.fill(1);
      two.x.database.publish();
      assertThatThrownBy(() -> pair.start(two).perform(1, "", _ -> {}))
          .hasMessageContaining("release: 15 here and 18 on main");
      assertThat(pair.beside()).isEmpty();
    } finally {
      newer.stop();
      y.node.sql("postgres", "DROP DATABASE \"Two releases\"");
    }
  }

  private interface Work {
    void perform() throws Exception;
  }

  private static String hash() throws Exception {
    return pair.start().listing().hash();
  }

  private static void act(String words, String at, Work work) {
    if (words.startsWith(at)) {
      try {
        work.perform();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Between the slot and the end of the copy, since a slot waits for what is open. */
  private static boolean prepareOnceKept() throws Exception {
    Newsroom.await(
        "the slot",
        () ->
            x.number(SLOTS + " AND confirmed_flush_lsn IS NOT NULL AND slot_name LIKE 'server%'")
                == 1);
    try (Connection connection = x.node.server.connect(newsroom.name);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO assets(project, title) VALUES (1, 'prepared')");
      statement.execute("PREPARE TRANSACTION 'in the midst'");
    }
    return true;
  }

  private static void writeNote(String words) {
    act(
        words,
        "",
        () -> x.sql("INSERT INTO notes VALUES ('" + words.replaceAll("[:'].*", "") + "')"));
  }

  private static void follows(String title) {
    act(
        "",
        "",
        () -> {
          x.writeAsset(title);
          newsroom.awaitConfirmed(x);
          assertThat(y.checksums()).isEqualTo(x.checksums());
        });
  }

  /** What a user does in the end. */
  private static void clean() throws Exception {
    for (String each : pair.beside()) {
      CutOffStart.remove(pair.data().resolveSibling(each));
    }
  }
}
