package org.gemel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.gemel.control.api.DatabaseCheck;
import org.gemel.control.api.DatabaseCheck.DatabaseFinding;
import org.gemel.control.api.Refusal;
import org.gemel.control.fake.FakeFacts;
import org.gemel.control.fake.Scenes;
import org.gemel.control.preflight.PackedFacts;
import org.gemel.control.runs.OrderDesk;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Site;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.database.preflight.ColumnFacts;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preflight.PartFacts;
import org.gemel.database.preflight.TableFacts;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.DatabaseState;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;
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
    Servers servers = new Servers(DatabaseChecksTest::ready);
    DatabaseCheck check = new DatabaseChecks(servers, servers).check(null);
    assertThat(check.state()).as(check.toString()).isEqualTo("READY");
    assertThat(check.from()).isEqualTo(Side.X);
    assertThat(check.findings()).isEmpty();
    assertThat(servers.seen).hasSize(2);
    assertThat(new DatabaseChecks(servers, servers).check(Side.Y).state()).isEqualTo("BLOCKED");
  }

  @Test
  void aBlockerCarriesItsCureAndTheSideItRunsOn() {
    Servers servers =
        new Servers(
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
    assertThat(check.words()).contains("2 blockers");
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
    Servers servers = new Servers(DatabaseChecksTest::ready);
    DatabaseChecks checks = new DatabaseChecks(servers, servers);
    assertThat(checks.sentences(Side.X)).isEmpty();
    assertThat(checks.sentences(Side.Y))
        .hasSize(3)
        .anyMatch(words -> words.startsWith("Blocked now: On X found a database marked main"))
        .anyMatch(words -> words.contains("2 blockers") && words.contains("database check Y"));
    servers.silent.add("db-y");
    assertThat(checks.sentences(Side.X)).hasSize(1).allMatch(words -> words.contains("db-y"));
  }

  @Test
  void whatIsNotToldIsNeverTakenForGood() {
    for (Outcome bad :
        List.of(
            Outcome.newBuilder().setDone(false).setWords("it is down").build(),
            Outcome.newBuilder().setDone(true).build(),
            told(ByteString.copyFromUtf8("no gzip")),
            told(ready(Side.Y).getDatabaseFacts().substring(0, 90)))) {
      Servers servers = new Servers(side -> side == Side.Y ? bad : ready(side));
      DatabaseCheck check = new DatabaseChecks(servers, servers).check(Side.X);
      assertThat(check.state()).isEqualTo("UNKNOWN");
      assertThat(check.words()).contains("db-y");
    }
    Servers servers = new Servers(DatabaseChecksTest::ready);
    servers.silent.add("db-x");
    assertThat(new DatabaseChecks(servers, servers).check(Side.X).state()).isEqualTo("UNKNOWN");
    assertThatThrownBy(() -> new DatabaseChecks(servers, servers).check(null))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("name the side");
  }

  /** Two database servers; X is main. */
  private static final class Servers implements Site, OrderDesk {
    final List<String> silent = new ArrayList<>();
    final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final Function<Side, Outcome> answers;

    Servers(Function<Side, Outcome> answers) {
      this.answers = answers;
    }

    private static Side side(String device) {
      return device.equals("db-x") ? Side.X : Side.Y;
    }

    @Override
    public Outcome order(String device, Command command, Duration within) throws StepFailure {
      return answers.apply(side(device));
    }

    @Override
    public void seen(String device, String command) {
      seen.add(command);
    }

    @Override
    public int pending() {
      return 0;
    }

    @Override
    public Instant now() {
      return Scenes.NOW;
    }

    @Override
    public List<DeviceDocument> devices() {
      return Arrays.stream(Side.values())
          .map(
              side ->
                  new DeviceDocument(
                      side == Side.X ? "db-x" : "db-y",
                      Attachment.DEDICATED,
                      List.of(Component.DATABASE_SERVER),
                      side))
          .toList();
    }

    @Override
    public Optional<Heard> heard(String device) {
      Role role = side(device) == Side.X ? Role.MAIN : Role.BACKUP;
      Report report =
          Report.newBuilder()
              .setDatabase(
                  DatabaseState.newBuilder().setReachable(true).setRole(WireSides.toWire(role)))
              .build();
      return Optional.of(new Heard(report, now(), !silent.contains(device)));
    }

    @Override
    public long look() {
      return 0;
    }
  }
}
