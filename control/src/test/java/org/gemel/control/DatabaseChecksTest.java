package org.gemel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.gemel.control.api.DatabaseCheck;
import org.gemel.control.api.DatabaseCheck.DatabaseFinding;
import org.gemel.control.api.Explanation;
import org.gemel.control.api.Refusal;
import org.gemel.control.fake.FakeFacts;
import org.gemel.control.preflight.PackedFacts;
import org.gemel.core.Side;
import org.gemel.database.preflight.ColumnFacts;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preflight.PartFacts;
import org.gemel.database.preflight.TableFacts;
import org.gemel.wire.protocol.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-40")
final class DatabaseChecksTest {
  private static Outcome ready(Side side) {
    return told(
        FakeFacts.packed(
            FakeFacts.of(
                side, side == Side.X ? "MAIN" : "BACKUP", FakeFacts.table("public.t", true))));
  }

  private static Outcome told(ByteString facts) {
    return Outcome.newBuilder().setDone(true).setDatabaseFacts(facts).build();
  }

  @Test
  void twoLikeDatabasesAreReadyFromWhicheverIsMain() {
    TwoDatabases servers = new TwoDatabases(DatabaseChecksTest::ready);
    DatabaseCheck check = new DatabaseChecks(servers, servers).check(null);
    assertThat(check.state()).as(check.toString()).isEqualTo("READY");
    assertThat(check.from()).isEqualTo(Side.X);
    assertThat(check.findings()).isEmpty();
    assertThat(servers.seen).hasSize(2);
    assertThat(new DatabaseChecks(servers, servers).check(Side.Y).state()).isEqualTo("BLOCKED");
  }

  @Test
  void aBlockerCarriesItsCureAndTheSideItRunsOn() {
    TwoDatabases servers =
        new TwoDatabases(
            side ->
                side == Side.Y
                    ? ready(side)
                    : told(
                        FakeFacts.packed(
                            FakeFacts.of(
                                side,
                                "MAIN",
                                FakeFacts.table("public.\"Ü\"", false),
                                FakeFacts.table("public.t", true)))));
    DatabaseCheck check = new DatabaseChecks(servers, servers).check(Side.X);
    assertThat(check.state()).isEqualTo("BLOCKED");
    assertThat(check.words())
        .as("a start makes the missing table")
        .contains("1 blocker, 1 warning");
    DatabaseFinding keyless = check.findings().getFirst();
    assertThat(keyless.side()).isEqualTo(Side.X);
    assertThat(keyless.commands())
        .containsExactly("ALTER TABLE public.\"Ü\" REPLICA IDENTITY FULL");
    assertThat(check.findings().get(1).side()).isEqualTo(Side.Y);
  }

  @Test
  void factsOfTenThousandTablesFitIntoAMessageAndArriveAsTheyWere() throws Exception {
    List<ColumnFacts> columns = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      columns.add(new ColumnFacts("column_" + i, "text", true, "'x'::text", "", ""));
    }
    TableFacts[] tables = new TableFacts[10_000];
    for (int i = 0; i < tables.length; i++) {
      String name = "public.\"Table " + UUID.nameUUIDFromBytes(new byte[] {(byte) i}) + i + "\"";
      tables[i] =
          new TableFacts(
              name,
              "r",
              "p",
              "",
              "",
              List.of(),
              true,
              "d",
              List.of("a"),
              false,
              i,
              4,
              List.of("editor=SELECT"),
              columns,
              List.of(new PartFacts("t" + i + "_pkey", "p", "PRIMARY KEY (id)", "")),
              List.of(),
              List.of());
    }
    DatabaseFacts facts = FakeFacts.of(Side.X, "MAIN", tables);
    ByteString packed = FakeFacts.packed(facts);
    assertThat(packed.size()).isLessThan(4 << 20);
    assertThat(PackedFacts.of("db-x", told(packed))).isEqualTo(facts);
  }

  @Test
  void whoIsAboutToConfirmAStartIsToldWhatBlocksIt() {
    TwoDatabases servers = new TwoDatabases(DatabaseChecksTest::ready);
    DatabaseChecks checks = new DatabaseChecks(servers, servers);
    assertThat(checks.explain(Side.X, "").sentences()).isEmpty();
    assertThat(checks.explain(Side.Y, "").sentences())
        .hasSize(3)
        .anyMatch(words -> words.startsWith("Blocked now: On X found a database marked main"))
        .anyMatch(words -> words.contains("2 blockers") && words.contains("database check Y"));
    servers.silent.add("db-y");
    assertThat(checks.explain(Side.X, "").sentences())
        .hasSize(1)
        .allMatch(words -> words.contains("db-y"));
  }

  @Test
  @Tag("M-21")
  void whoIsAboutToConfirmAStartSeesWhatItAltersAndDrops() {
    TwoDatabases servers =
        new TwoDatabases(
            side ->
                told(
                    FakeFacts.packed(
                        side == Side.X
                            ? FakeFacts.of(side, "MAIN", FakeFacts.table("public.made", true))
                            : FakeFacts.of(side, "BACKUP", FakeFacts.table("public.own", true)))));
    DatabaseChecks checks = new DatabaseChecks(servers, servers);
    Explanation explained = checks.explain(Side.X, "");
    List<String> sentences = explained.sentences();
    assertThat(sentences)
        .anyMatch(s -> s.startsWith("It gives Y the definitions of X by 1 command: CREATE TABLE"))
        .anyMatch(s -> s.startsWith("Blocked now: On Y found table public.own"));
    String drops =
        sentences.stream().filter(s -> s.contains("DROP TABLE")).findFirst().orElseThrow();
    assertThat(drops).startsWith("What only Y has it drops only with --drop ");
    String hash = drops.replaceFirst(".*--drop ([^,]+),.*", "$1");
    assertThat(explained.drops())
        .isEqualTo(new Explanation.Drops(hash, List.of("DROP TABLE public.own")));
    assertThat(checks.explain(Side.X, hash).sentences())
        .noneMatch(s -> s.startsWith("Blocked"))
        .anyMatch(s -> s.startsWith("It drops what only Y has, by 1 command: DROP TABLE"));
    assertThat(checks.check(Side.X).state()).isEqualTo("BLOCKED");
  }

  @Test
  void whatIsNotToldIsNeverTakenForGood() {
    for (Outcome bad :
        List.of(
            Outcome.newBuilder().setDone(false).setWords("it is down").build(),
            Outcome.newBuilder().setDone(true).build(),
            told(ByteString.copyFromUtf8("no gzip")),
            told(ready(Side.Y).getDatabaseFacts().substring(0, 90)))) {
      TwoDatabases servers = new TwoDatabases(side -> side == Side.Y ? bad : ready(side));
      DatabaseCheck check = new DatabaseChecks(servers, servers).check(Side.X);
      assertThat(check.state()).isEqualTo("UNKNOWN");
      assertThat(check.words()).contains("db-y");
    }
    TwoDatabases servers = new TwoDatabases(DatabaseChecksTest::ready);
    servers.silent.add("db-x");
    assertThat(new DatabaseChecks(servers, servers).check(Side.X).state()).isEqualTo("UNKNOWN");
    assertThatThrownBy(() -> new DatabaseChecks(servers, servers).check(null))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("name the side");
  }
}
