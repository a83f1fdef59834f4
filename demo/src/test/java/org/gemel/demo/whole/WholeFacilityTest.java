package org.gemel.demo.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.gemel.core.Side;
import org.gemel.demo.facility.Device;
import org.gemel.demo.facility.NewsroomSchema;
import org.gemel.demo.proof.DualWriteProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * One facility of real processes, told in chapters: each begins where the one before ended, as a
 * site's days do, and each ends with the proof that nothing acknowledged was lost and both sides
 * are equal.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class WholeFacilityTest {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  @TempDir static Path temporary;
  private static RunningFacility site;

  @BeforeAll
  static void start() throws IOException {
    site = RunningFacility.start(temporary.resolve("facility"));
  }

  @AfterAll
  static void end() {
    site.close();
  }

  private static void assertMain(String main, String backup) {
    Awaitility.await("status of the new roles")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode status = site.status();
              assertThat(status.get(main.toLowerCase(java.util.Locale.ROOT)).get("role").asString())
                  .isEqualTo("MAIN");
              assertThat(
                      status.get(backup.toLowerCase(java.util.Locale.ROOT)).get("role").asString())
                  .isEqualTo("BACKUP");
              assertThat(status.get("replication").get("state").asString()).isEqualTo("running");
              assertThat(assets(status, "x")).isPositive().isEqualTo(assets(status, "y"));
              assertThat(status.get("folderMirror").get("running").asBoolean()).isTrue();
              assertThat(status.get("folderMirror").get("from").asString()).isEqualTo(main);
              assertThat(status.get("browse").get("activeOn").asString()).isEqualTo(main);
              assertThat(status.get("pendingOperations").asInt()).isZero();
              for (JsonNode device : status.get("devices")) {
                if (device.get("attachment").asString().equals("SWITCHABLE")) {
                  assertThat(device.get("side").asString())
                      .as(device.get("name").asString())
                      .isEqualTo(main);
                }
              }
            });
  }

  private static long assets(JsonNode status, String side) {
    return status.get(side).get("database").get("assets").asLong();
  }

  private static void run(String workflow, String overwritten) {
    RunningFacility.Answer answer =
        site.gemel("run", "start", workflow, "--auto", "--tick-manual", "--confirm", overwritten);
    assertThat(answer.exit()).as(answer.out() + answer.error()).isZero();
    assertEveryStepProven();
  }

  private static void assertEveryStepProven() {
    JsonNode run = site.gemel("run", "list", "-o", "json").json().get(0);
    assertThat(run.get("state").asString()).isEqualTo("FINISHED");
    for (JsonNode step : run.get("steps")) {
      assertThat(step.get("state").asString()).as(step.toString()).isEqualTo("DONE");
    }
  }

  /** Nothing acknowledged was lost, and both sides are equal. */
  private static void prove() {
    RunningFacility.Answer answer =
        site.gemelWithoutConfig("demo", "prove", "--dir", site.folder().toString());
    assertThat(answer.exit()).as(answer.out() + answer.error()).isZero();
  }

  @Test
  @Order(1)
  @Tag("B-43")
  @Tag("M-10")
  @Tag("M-11")
  @Tag("M-12")
  @Tag("M-15")
  void oneCommandStartsAMirroredPairWithRealParts() throws IOException {
    assertThat(site.ready()).matches("ready http://127\\.0\\.0\\.1:[0-9]+ admin [0-9a-f]{16}");
    assertMain("X", "Y");
    RunningFacility.Answer check = site.gemel("database", "check", "-o", "json");
    assertThat(check.exit()).as(check.out() + check.error()).isZero();
    assertThat(check.json().path("state").asString()).isEqualTo("READY");
    assertThat(check.json().path("from").asString()).isEqualTo("X");
    assertThat(check.json().path("findings").valueStream().map(f -> f.path("level").asString()))
        .as(check.out())
        .allMatch(level -> level.equals("NOTE") || level.equals("WARNING"));
    assertThat(site.gemel("database", "check", "Y").exit()).isEqualTo(3);
    site.letWork(5);
    prove();
  }

  @Test
  @Order(2)
  @Tag("M-34")
  @Tag("M-64")
  @Tag("M-24")
  @Tag("M-41")
  @Tag("M-20")
  @Tag("B-03")
  void aSwitchThereAndBackLosesNothingAndNeverHasTwoMains() throws Exception {
    try (DualWriteProbe probe =
        DualWriteProbe.start(site.applicationAccess(), Duration.ofMillis(20), Clock.systemUTC())) {
      site.letWork(5);
      run("switch-x-to-y", "X");
      assertMain("Y", "X");
      site.letWork(5);
      run("switch-y-to-x", "Y");
      assertMain("X", "Y");
      site.letWork(3);
      assertThat(probe.dualWrites()).isEmpty();
    }
    prove();
  }

  @Test
  @Order(3)
  @Tag("B-01")
  @Tag("M-21")
  void aSwitchSurvivesTheDeathOfTheControlPointAtManyEntriesOfItsJournal() throws Exception {
    Path crash = RunningFacility.crashFile(site.folder());
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    // All of them take five minutes; a run of the same in memory is ended at each by another test.
    int most = Integer.getInteger("gemel.crash.entries", 5);
    System.out.printf(
        "the control point is killed with seed %d (-Dgemel.seed=%d), after at most %d entries"
            + " (-Dgemel.crash.entries=1: after each)%n",
        seed, seed, most);
    String plan = seed + " " + most + "\n";
    Files.writeString(crash, plan);
    try {
      RunningFacility.Answer answer =
          site.gemel(
              "run",
              "start",
              "switch-x-to-y",
              "--auto",
              "--tick-manual",
              "--confirm",
              "X",
              "--no-wait");
      // One of the first entries may kill the control point before it can answer.
      assertThat(answer.exit()).isNotEqualTo(2);
      Awaitility.await("the run crosses all its crashes")
          .atMost(PATIENCE)
          // Asking starts a process, which takes the machine from those that are to come up.
          .pollInterval(Duration.ofSeconds(5))
          .until(WholeFacilityTest::newestRunHasFinished);
      assertThat(Files.size(crash) - plan.length()).as("deaths").isGreaterThan(5);
    } finally {
      Files.delete(crash);
    }
    assertEveryStepProven();
    assertMain("Y", "X");
    site.letWork(3);
    prove();
  }

  private static boolean newestRunHasFinished() {
    RunningFacility.Answer runs = site.gemel("run", "list", "-o", "json");
    return runs.exit() == 0
        && runs.json().get(0).get("workflow").asString().equals("switch-x-to-y")
        && runs.json().get(0).get("state").asString().equals("FINISHED");
  }

  @Test
  @Order(4)
  @Tag("B-01")
  void aSwitchSurvivesTheDeathOfAgentsAtRandomMoments() throws Exception {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("agents are killed with seed " + seed + " (-Dgemel.seed=" + seed + ")");
    Random random = new Random(seed);
    List<String> agents = Device.all().stream().map(Device::name).toList();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<RunningFacility.Answer> run =
          threads.submit(
              () ->
                  site.gemel(
                      "run",
                      "start",
                      "switch-y-to-x",
                      "--auto",
                      "--tick-manual",
                      "--confirm",
                      "Y"));
      int kills = 0;
      while (!run.isDone() && kills < 12) {
        site.kill(agents.get(random.nextInt(agents.size())));
        kills++;
        Awaitility.await()
            .pollDelay(Duration.ofMillis(500 + random.nextInt(1500)))
            .atMost(PATIENCE)
            .until(() -> true);
      }
      RunningFacility.Answer answer = run.get();
      assertThat(answer.exit()).as("seed " + seed + "\n" + answer.out() + answer.error()).isZero();
    }
    assertEveryStepProven();
    assertMain("X", "Y");
    site.letWork(3);
    prove();
  }

  @Test
  @Order(5)
  @Tag("M-21")
  void aStartSurvivesTheDeathOfAgentsAndOfTheControlPointInTheMidstOfItsCopy() throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        HeldCopy copy =
            new HeldCopy(
                site.facility().administrator(Side.Y, NewsroomSchema.DATABASE), "assets")) {
      Future<RunningFacility.Answer> start =
          threads.submit(() -> site.gemel("database", "start", "X", "--confirm", "Y"));
      copy.awaitAnother();
      site.killAndAwaitAnother("db-y");
      copy.awaitAnother(); // what was cut off is gone on with
      site.killAndAwaitAnother("db-x");
      site.killAndAwaitAnother("control");
      site.letWork(2);
      Awaitility.await("the start, still under way")
          .atMost(PATIENCE)
          .until(() -> newestRun().equals("RUNNING"));
      copy.letGo();
      assertThat(start.get().exit()).as(start.get().out() + start.get().error()).isZero();
    }
    assertMain("X", "Y");
    site.letWork(2);
    prove();
    assertSlots(Side.X, 1);
    assertSlots(Side.Y, 0);
  }

  @Test
  @Order(6)
  @Tag("B-10")
  @Tag("B-11")
  @Tag("M-02")
  @Tag("M-64")
  void splitLetsBothSidesWorkAndRestoreJoinsThem() throws Exception {
    RunningFacility.Answer split =
        site.gemel("run", "start", "split-x-main", "--auto", "--tick-manual");
    assertThat(split.exit()).as(split.out() + split.error()).isZero();
    Awaitility.await("both sides are main")
        .atMost(Duration.ofSeconds(30))
        .until(() -> site.status().get("mode").asString().equals("SPLIT"));
    assertThat(site.status().get("folderMirror").get("running").asBoolean()).isFalse();
    RunningFacility.Answer moved = site.gemel("device", "switch", "--to", "Y", "edit-3", "--yes");
    assertThat(moved.exit()).as(moved.out() + moved.error()).isZero();
    site.letWork(3);
    joinTheDatabasesByWhatChanged();
    run("restore-x-main", "Y");
    assertMain("X", "Y");
  }

  private static void joinTheDatabasesByWhatChanged() throws IOException {
    RunningFacility.Answer unseen = site.gemel("database", "start", "X", "--confirm", "Y");
    assertThat(unseen.exit()).as(unseen.out() + unseen.error()).isEqualTo(5);
    assertThat(unseen.error()).contains("--preview HASH");
    RunningFacility.Answer backup = site.gemel("database", "set-backup", "Y");
    assertThat(backup.exit()).as(backup.out() + backup.error()).isZero();
    Path export = site.folder().toAbsolutePath().resolve("lost");
    RunningFacility.Answer preview =
        site.gemel("database", "preview", "X", "--export", export.toString(), "-o", "json");
    assertThat(preview.exit()).as(preview.out() + preview.error()).isZero();
    assertThat(preview.json().path("incomplete").asString()).isEmpty();
    assertThat(preview.json().path("nothingLost").asBoolean()).isFalse();
    assertThat(export).isNotEmptyDirectory();
    String hash = preview.json().path("hash").asString();
    RunningFacility.Answer joined =
        site.gemel("database", "rejoin", "X", "--confirm", "Y", "--preview", hash);
    assertThat(joined.exit()).as(joined.out() + joined.error()).isZero();
    assertThat(joined.out() + joined.error()).contains("rows repaired");
  }

  @Test
  @Order(7)
  @Tag("M-08")
  void aViewerSeesAndIsRefusedEveryChange() {
    RunningFacility.Answer refused = site.asViewer("run", "start", "switch-x-to-y", "--auto");
    assertThat(refused.exit()).as(refused.out() + refused.error()).isEqualTo(8);
    assertThat(site.asViewer("status").exit()).isZero();
    assertMain("X", "Y");
  }

  @Test
  @Order(8)
  @Tag("M-15")
  void anAgentThatDoesNotAnswerIsShownWithinThreeSeconds() throws IOException {
    long pid = site.stop("edit-2");
    try {
      Awaitility.await("edit-2 shows as unreachable")
          .atMost(Duration.ofSeconds(30))
          .until(() -> !reachable("edit-2"));
    } finally {
      site.goOn(pid);
    }
    Awaitility.await("edit-2 is back")
        .atMost(Duration.ofMinutes(1))
        .until(() -> reachable("edit-2"));
  }

  private static String newestRun() {
    RunningFacility.Answer runs = site.gemel("run", "list", "-o", "json");
    return runs.exit() == 0 ? runs.json().get(0).get("state").asString() : runs.error();
  }

  private static void assertSlots(Side side, int wanted) throws Exception {
    try (Connection server = site.facility().administrator(side, "postgres").open();
        Statement statement = server.createStatement();
        ResultSet slots = statement.executeQuery("SELECT slot_name FROM pg_replication_slots")) {
      List<String> found = new ArrayList<>();
      while (slots.next()) {
        found.add(slots.getString(1));
      }
      assertThat(found).hasSize(wanted);
    }
  }

  private static boolean reachable(String name) {
    for (JsonNode device : site.status().get("devices")) {
      if (device.get("name").asString().equals(name)) {
        return device.get("reachable").asBoolean();
      }
    }
    throw new AssertionError("device " + name + " is gone");
  }
}
