package org.gemel.database.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.NOTE;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

import java.util.List;
import org.gemel.database.preflight.DatabaseFacts.ReachFacts;
import org.gemel.database.preflight.DatabaseFacts.SubscriptionFacts;
import org.gemel.database.preflight.ServerFacts.SlotFacts;
import org.gemel.database.preflight.ServerFacts.TransactionFacts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-40")
final class ComparisonOfFactsTest {
  private final Facts main = new Facts("MAIN");
  private final Facts backup = new Facts("BACKUP");

  private List<PreflightFinding> findings() {
    return Preflight.compare(main.all(), backup.all());
  }

  private PreflightFinding only() {
    assertThat(findings()).hasSize(1);
    return findings().getFirst();
  }

  private void only(Level level, Place place, String check) {
    PreflightFinding finding = only();
    assertThat(finding.level() + " " + finding.place() + " " + finding.check())
        .as(finding.words())
        .isEqualTo(level + " " + place + " " + check);
  }

  /** Whether the replication would stall if a start did not alter that by itself. */
  private boolean needed() {
    Parity parity = Parity.of(main.all().definitions(), backup.all().definitions());
    assertThat(parity.changes()).isNotEmpty();
    assertThat(findings())
        .filteredOn(finding -> !finding.commands().isEmpty())
        .allSatisfy(
            finding -> {
              assertThat(finding.level()).isEqualTo(WARNING);
              assertThat(finding.cure()).endsWith("; a start does it by itself");
            });
    return parity.changes().stream().allMatch(Parity.Change::needed);
  }

  @Test
  void whereAllIsWellNothingIsFound() {
    assertThat(findings()).isEmpty();
    assertThat(Preflight.blocked(findings())).isFalse();
  }

  @Test
  void versionsFromFourteenToEighteenAreKnown() {
    backup.version = 170006;
    only(WARNING, BACKUP, "version");
    main.version = 140000;
    backup.version = 180006;
    assertThat(findings()).isEmpty();
    main.version = 130010;
    only(BLOCKER, MAIN, "version");
    main.version = 190001;
    backup.version = 190001;
    assertThat(findings()).allMatch(f -> f.level() == WARNING).hasSize(2);
  }

  @Test
  void aStandbyAndACopyOfTheSameClusterAreNamed() {
    backup.standby = true;
    only(BLOCKER, BACKUP, "standby");
    backup.standby = false;
    backup.system = main.system;
    only(WARNING, BACKUP, "system");
  }

  @Test
  void whatOthersUseIsNotLeftForThisPairAndItsOwnIs() {
    main.set("max_replication_slots", "3");
    assertThat(findings()).isEmpty();
    main.slots.add(new SlotFacts("gemel_north", true, false, false, true, true, false, 0));
    main.slots.add(new SlotFacts("pg_1_sync_2_3", false, true, true, true, false, false, 0));
    assertThat(findings()).as("its own slots are made anew").isEmpty();
    main.slots.add(new SlotFacts("other", false, false, false, true, true, false, 0));
    only(WARNING, MAIN, "slots");
    main.slots.add(new SlotFacts("other2", false, false, false, true, true, false, 0));
    main.slots.add(new SlotFacts("other3", false, false, false, true, true, false, 0));
    only(BLOCKER, MAIN, "slots");
    assertThat(only().commands()).containsExactly("ALTER SYSTEM SET max_replication_slots = '10'");
    assertThat(only().restart()).isTrue();
  }

  @Test
  void anOlderReleaseCountsOriginsAmongSlots() {
    backup.settings.remove("max_active_replication_origins");
    backup.set("max_replication_slots", "4");
    backup.origins = 4;
    only(BLOCKER, BACKUP, "origins");
  }

  @Test
  void roomOnDiskIsSaidWhereItIsKnownAndWhereNot() {
    main.bytes = 100L << 30;
    backup.bytes = 50L << 30;
    backup.free = 40L << 30;
    only(BLOCKER, BACKUP, "disk");
    backup.free = 60L << 30;
    only(WARNING, BACKUP, "disk");
    backup.free = 80L << 30;
    assertThat(findings()).isEmpty();
    backup.free = -1;
    only(NOTE, BACKUP, "disk");
    assertThat(only().wanted()).contains("100 GB");
    backup.free = 1L << 40;
    main.free = 1L << 30;
    only(WARNING, MAIN, "disk");
  }

  @Test
  void transactionsCountOnlyWhenTheyAreOld() {
    main.open.add(new TransactionFacts("17", "newsroom", 60, "editor"));
    assertThat(findings()).isEmpty();
    main.open.add(new TransactionFacts("18", "newsroom", 61, "editor"));
    only(WARNING, MAIN, "long-transaction");
    assertThat(only().commands()).containsExactly("SELECT pg_terminate_backend(18)");
    main.open.clear();
    main.prepared.add(new TransactionFacts("p", "newsroom", 61, "of editor"));
    only(BLOCKER, MAIN, "prepared-transaction");
  }

  @Test
  void theWayIsABlockerForTheBackupAndAWarningForMain() {
    backup.reach = new ReachFacts("main", "SILENT", "no route");
    only(BLOCKER, BACKUP, "reach");
    backup.reach = new ReachFacts("main", "UNTRIED", "no right");
    only(WARNING, BACKUP, "reach");
    backup.reach = new ReachFacts("main", "ANSWERED", "FATAL: no");
    only(BLOCKER, BACKUP, "reach");
    main.replicationUser = "missing";
    assertThat(findings()).as("the start makes the user").allMatch(f -> f.level() == NOTE);
    main.replicationUser = "ready";
    backup.reach = new ReachFacts("main", "REACHED", "");
    main.reach = new ReachFacts("backup", "SILENT", "no route");
    only(WARNING, MAIN, "reach");
  }

  @Test
  void aMainThatFollowsAndABackupSomebodyElseWritesToAreBlocked() {
    main.subscriptions.add(new SubscriptionFacts("gemel_north", true, true, 3));
    only(BLOCKER, MAIN, "subscription");
    main.subscriptions.clear();
    backup.subscriptions.add(new SubscriptionFacts("other", false, true, 0));
    only(WARNING, BACKUP, "subscription");
    backup.subscriptions.set(0, new SubscriptionFacts("other", false, true, 2));
    only(BLOCKER, BACKUP, "subscription");
  }

  @Test
  void onlyAMainMayOverwriteAndOnlyABackupMayBe() {
    main.mark = "BACKUP";
    only(BLOCKER, MAIN, "role");
    main.mark = "MAIN";
    backup.mark = "";
    only(BLOCKER, BACKUP, "role");
  }

  @Test
  void aHundredOfAKindAreListedAndTheRestIsCounted() {
    for (int i = 0; i < 1500; i++) {
      TableFacts table = Facts.table("public.t" + i).keyless().facts();
      main.tables.add(table);
      backup.tables.add(table);
    }
    assertThat(findings()).hasSize(101);
    assertThat(findings().getLast().found()).isEqualTo("1400 more of the same kind");
    assertThat(findings()).allMatch(f -> f.level() == BLOCKER);
  }

  @Test
  void roomForLocksIsCountedAsTheServerCountsIt() {
    for (int i = 0; i < 2000; i++) { // four relations each
      TableFacts table = Facts.table("public.t" + i).facts();
      main.tables.add(table);
      backup.tables.add(table);
    }
    backup.set("max_locks_per_transaction", "64").set("max_connections", "100");
    backup.set("autovacuum_max_workers", "3");
    main.set("max_connections", "100");
    only(WARNING, BACKUP, "locks"); // 64 * (100 + 20 + 20 + 3) = 9,152 for 8,000
    backup.set("max_connections", "10");
    only(BLOCKER, BACKUP, "locks"); // 3,392, and as much again
    assertThat(only().restart()).isTrue();
  }

  @Test
  void aTypeThatNoTableWaitsForOnlyWarnsAndASequenceBlocks() {
    main.objects.add(new ObjectFacts("schema", "s", "", "CREATE SCHEMA s"));
    assertThat(needed()).isFalse();
    main.tables.add(Facts.table("s.t").facts());
    assertThat(findings()).hasSize(2);
    assertThat(needed()).isTrue();
    main.tables.clear();
    main.objects.set(0, new ObjectFacts("sequence", "public.s", "AS int", "CREATE SEQUENCE x"));
    only(WARNING, BACKUP, "sequence");
    assertThat(needed()).isTrue();
  }

  @Test
  void aCheckThatAnotherReleaseWritesOtherwiseDoesNotBlock() {
    main.tables.add(Facts.table("public.t").constraint("c", "c", "CHECK (a)").facts());
    backup.tables.add(Facts.table("public.t").constraint("c", "c", "CHECK ((a))").facts());
    assertThat(findings()).hasSize(2);
    assertThat(Parity.of(main.all().definitions(), backup.all().definitions()).changes())
        .anyMatch(Parity.Change::needed);
    main.version = 150000;
    backup.version = 180000;
    assertThat(findings()).hasSize(2);
    assertThat(needed()).isFalse();
  }

  @Test
  void theSameMeaningUnderAnotherNameIsTheSame() {
    main.tables.add(
        Facts.table("public.t")
            .index("a_idx", "", "CREATE INDEX a_idx ON public.t USING btree (a)")
            .constraint("c1", "c", "CHECK ((a > 0))")
            .facts());
    backup.tables.add(
        Facts.table("public.t")
            .index("\"B idx\"", "", "CREATE INDEX \"B idx\" ON public.t USING btree (a)")
            .constraint("c2", "c", "CHECK ((a > 0))")
            .facts());
    assertThat(findings()).isEmpty();
  }

  @Test
  void whatForbidsRowsOnTheBackupStallsAndWhatLacksOnlyWarns() {
    String unique = "CREATE UNIQUE INDEX u ON \"S.x\".t USING btree (a)";
    main.tables.add(Facts.table("\"S.x\".t").facts());
    backup.tables.add(Facts.table("\"S.x\".t").index("u", "unique", unique).facts());
    only(BLOCKER, BACKUP, "schema");
    assertThat(only().commands()).containsExactly("DROP INDEX \"S.x\".u");
    main.tables.set(0, Facts.table("\"S.x\".t").index("u", "unique", unique).facts());
    backup.tables.set(0, Facts.table("\"S.x\".t").facts());
    only(WARNING, BACKUP, "schema");
    assertThat(only().commands()).containsExactly(unique);
  }

  @Test
  void aColumnOfAnotherTypeGetsMainsTypeAndItsDefaultFollows() {
    main.tables.add(Facts.table("public.t").column("a", "bigint", "7").facts());
    backup.tables.add(Facts.table("public.t").column("a", "text", "'x'::text").facts());
    only(WARNING, BACKUP, "schema");
    assertThat(needed()).isTrue();
    assertThat(only().commands())
        .containsExactly(
            "ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT",
            "ALTER TABLE public.t ALTER COLUMN a TYPE bigint USING a::text::bigint",
            "ALTER TABLE public.t ALTER COLUMN a SET DEFAULT 7");
    backup.tables.set(0, Facts.table("public.t").column("a", "bigint", "8").facts());
    only(WARNING, BACKUP, "schema");
  }

  @Test
  void rightsThatLackAreGrantedAndMoreAreLeftAlone() {
    main.tables.add(Facts.table("public.t").grant("\"a=b\"=SELECT, INSERT").facts());
    backup.tables.add(Facts.table("public.t").grant("\"a=b\"=SELECT").facts());
    only(WARNING, BACKUP, "grants");
    assertThat(only().commands()).containsExactly("GRANT INSERT ON public.t TO \"a=b\"");
    backup.tables.set(0, Facts.table("public.t").grant("\"a=b\"=SELECT, INSERT, DELETE").facts());
    assertThat(findings()).isEmpty();
  }

  @Test
  void labelsAreAddedAtTheirPlaces() {
    main.objects.add(new ObjectFacts("enum", "public.m", "'a', 'it''s', 'c', 'd'", ""));
    backup.objects.add(new ObjectFacts("enum", "public.m", "'c'", ""));
    only(WARNING, BACKUP, "enum");
    assertThat(needed()).isTrue();
    assertThat(only().commands())
        .containsExactly(
            "ALTER TYPE public.m ADD VALUE 'a' BEFORE 'c'",
            "ALTER TYPE public.m ADD VALUE 'it''s' AFTER 'a'",
            "ALTER TYPE public.m ADD VALUE 'd' AFTER 'c'");
    backup.objects.set(0, new ObjectFacts("enum", "public.m", "'a', 'it''s', 'c', 'd', 'e'", ""));
    only(WARNING, BACKUP, "enum");
  }

  @Test
  void aSequencesNameIsCutWhereItsSchemaEnds() {
    String name = "\"a.\"\"; ALTER ROLE app SUPERUSER; --\"";
    assertThat(QualifiedName.own("public." + name)).isEqualTo(name);
    assertThat(QualifiedName.own("\"s.\"\".x\".t")).isEqualTo("t");
    assertThat(QualifiedName.schema("\"s.\"\".x\"." + name)).isEqualTo("\"s.\"\".x\".");
    assertThat(QualifiedName.schema("t") + QualifiedName.own("t")).isEqualTo("t");
  }

  @Test
  void aCheckThatMainsRowsMayBreakIsToldAndNotMade() {
    String check = "CHECK ((a > 0))";
    main.tables.add(Facts.table("public.t").constraint("c", "c", check + " NOT VALID").facts());
    only(WARNING, BACKUP, "schema"); // no such table
    assertThat(only().commands().toString()).doesNotContain("CHECK");
    backup.tables.add(Facts.table("public.t").facts());
    only(WARNING, BACKUP, "schema");
    assertThat(only().commands()).isEmpty();
    for (String there : List.of(check, check + " NOT VALID")) {
      backup.tables.set(0, Facts.table("public.t").constraint("c", "c", there).facts());
      assertThat(needed()).isTrue();
      assertThat(only().commands()).containsExactly("ALTER TABLE public.t DROP CONSTRAINT c");
    }
  }

  @Test
  void rowsAreNamedByMainsIndexWhateverItIsCalledHere() {
    String index = "CREATE UNIQUE INDEX u ON public.t USING btree (a)";
    String other = "CREATE UNIQUE INDEX w ON public.t USING btree (a)";
    Facts.Table named = Facts.table("public.t").index("u", "unique", index).identity("i u");
    main.tables.add(named.facts());
    backup.tables.add(Facts.table("public.t").index("w", "unique", other).facts());
    assertThat(needed()).isTrue();
    assertThat(only().commands())
        .containsExactly("ALTER TABLE public.t REPLICA IDENTITY USING INDEX w");
    backup.tables.set(
        0, Facts.table("public.t").index("w", "unique", other).identity("i w").facts());
    assertThat(findings()).isEmpty();
    main.tables.set(0, Facts.table("public.t").index("u", "unique", index).facts());
    assertThat(needed()).isTrue();
    assertThat(only().commands()).containsExactly("ALTER TABLE public.t REPLICA IDENTITY DEFAULT");
  }

  @Test
  void viewsOfTwoReleasesAreNotComparedByTheirWords() {
    main.objects.add(new ObjectFacts("view", "public.v", "SELECT t.a FROM t;", ""));
    backup.objects.add(new ObjectFacts("view", "public.v", "SELECT a FROM t;", ""));
    only(WARNING, BACKUP, "view");
    assertThat(only().commands())
        .containsExactly("CREATE OR REPLACE VIEW public.v AS SELECT t.a FROM t");
    main.version = 150000;
    assertThat(findings()).isEmpty();
  }
}
