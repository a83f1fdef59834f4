package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NamesTest {
  @Test
  void aPairsNameBecomesASlotsNameAndTwoNeverShareOne() {
    assertThat(Names.of("newsroom")).isEqualTo("gemel_newsroom");
    assertThat(Names.of("Newsroom")).startsWith("gemel_newsroom_").isNotEqualTo("gemel_newsroom");
    assertThat(Names.of("Zürich \"1\"")).matches("gemel_[a-z0-9_]+");
    assertThat(Names.of("ü")).isNotEqualTo(Names.of("ä"));
    assertThat(Names.of("x".repeat(300))).matches("[a-z0-9_]{1,63}");
  }

  @Test
  void wordsAndValuesAreQuoted() {
    assertThat(Sql.identifier("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
    assertThat(Sql.literal("it's")).isEqualTo("'it''s'");
    assertThat(Sql.literal("a\\'b")).isEqualTo("E'a\\\\''b'");
    assertThat(Sql.connectionValue("a\\'b c")).isEqualTo("'a\\\\\\'b c'");
  }

  @Test
  void aConnectionStringReadsAsItIsWritten() throws Exception {
    MainConnection main =
        new MainConnection(
            new DatabaseAddress("h", 5432, "a 'b' \\c ü"), new Credentials("u=v", "it's $1 \\ '"));
    assertThat(ConnectionString.parse(ConnectionString.of(main))).isEqualTo(main);
  }

  @Test
  void aPositionReadsAsItIsWritten() {
    for (String text : List.of("0/0", "0/16B3748", "1A/FFFFFFFF", "FFFFFFFF/FFFFFFFF")) {
      assertThat(WalPosition.parse(text)).hasToString(text);
    }
    assertThat(WalPosition.parse("FFFFFFFF/0")).isGreaterThan(WalPosition.parse("1/0"));
    assertThatThrownBy(() -> WalPosition.parse("16B3748")).hasMessageContaining("0/16B3748");
  }

  @Test
  void settingsNeverShowAPasswordAndKeepGemelsUsersOutOfTheGate() {
    Credentials administrator = new Credentials("gemel", "topsecret");
    Credentials replication = new Credentials("copier", "topsecret");
    DatabaseAddress address = new DatabaseAddress("h", 1, "d");
    assertThat(
            new DatabaseSettings(
                "p",
                address,
                administrator,
                replication,
                List.of("a"),
                List.of(),
                Optional.empty()))
        .asString()
        .doesNotContain("topsecret");
    for (List<String> roles : List.of(List.<String>of(), List.of("gemel"), List.of("copier"))) {
      assertThatThrownBy(
              () ->
                  new DatabaseSettings(
                      "p", address, administrator, replication, roles, List.of(), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
