package org.gemel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StrictYamlTest {
  record Facility(
      String name,
      @Default("1s") Duration reportInterval,
      Optional<Volume> volume,
      List<Component> roles,
      Map<Side, Path> targets,
      @Nullable String note,
      @Default("false") boolean observing) {}

  record Volume(Path folder, DataSize size, @Default("3") int copies) {
    Volume {
      if (copies < 1) {
        throw new IllegalArgumentException("found " + copies + " copies, wanted at least 1");
      }
    }
  }

  @Test
  void readsEveryKindOfValue() throws Exception {
    var read =
        StrictYaml.read(
            """
            name: "north"
            reportInterval: every 5m
            volume:
              folder: /media/x
              size: 10MiB
            roles: [editor, BROWSE_SERVER, nas-head]
            targets:
              X: x
              Y: y
            observing: true
            """,
            "facility.yaml",
            Facility.class);
    assertThat(read)
        .isEqualTo(
            new Facility(
                "north",
                Duration.ofMinutes(5),
                Optional.of(new Volume(Path.of("/media/x"), new DataSize(10 << 20), 3)),
                List.of(Component.EDITOR, Component.BROWSE_SERVER, Component.NAS_HEAD),
                Map.of(Side.X, Path.of("x"), Side.Y, Path.of("y")),
                null,
                true));
  }

  @Test
  void whatIsNotNamedHasItsDefault() throws Exception {
    var read = StrictYaml.read("name: a", "f", Facility.class);
    assertThat(read)
        .isEqualTo(
            new Facility(
                "a", Duration.ofSeconds(1), Optional.empty(), List.of(), Map.of(), null, false));
  }

  @Test
  void listsEveryFaultWithItsPlace() {
    var fault =
        faultOf(
            """
            reportIntervall: 5m
            volume:
              folder: /x
              size: ten
              copies: many
            observing: yes
            targets:
              Z: z
            """);
    assertThat(fault.faults())
        .extracting(Fault::toString)
        .containsExactly(
            "1:1: reportIntervall: found an unknown key; did you mean 'reportInterval'?",
            "1:1: name: found nothing, wanted a value: this key must be set",
            "4:9: volume.size: found 'ten', wanted a size such as 512B, 10MiB or 2GB",
            "5:11: volume.copies: found 'many', wanted a whole number",
            "6:12: observing: found 'yes', wanted true or false",
            "8:3: targets: found 'Z', wanted one of X, Y");
    assertThat(fault).hasMessageStartingWith("facility.yaml:1:1: reportIntervall: ");
  }

  @Test
  void aRuleOfTheRecordIsAFaultAtItsPlace() {
    assertThat(faultOf("name: a\nvolume: {folder: a, size: 1B, copies: 0}").faults())
        .containsExactly(new Fault(2, 9, "volume", "found 0 copies, wanted at least 1"));
  }

  @Test
  void sameKeyTwiceAliasSecondDocumentEmptyValueAndNoYamlAreRefused() {
    assertThat(faultOf("name: a\nname: b"))
        .hasMessageContaining("2:1: name: found this key a second");
    assertThat(faultOf("name: &n a\nnote: *n")).hasMessageContaining("found an alias");
    assertThat(faultOf("name: a\n---\nname: b")).hasMessageContaining("second document");
    assertThat(faultOf("name:")).hasMessageContaining("name: found no value");
    assertThat(faultOf("name: [")).hasMessageContaining("no YAML");
    assertThat(faultOf("")).hasMessageContaining("empty file");
    assertThat(faultOf("- a")).hasMessageContaining("found a list, wanted the keys name");
  }

  @Test
  void durationsAndSizesReadBackAsWritten() {
    for (var text : List.of("250ms", "0s", "30s", "1m", "90s", "2h", "1d")) {
      assertThat(DurationText.format(DurationText.parse(text))).isEqualTo(text);
    }
    for (var text : List.of("0B", "1B", "10MiB", "1TiB", "1000B")) {
      assertThat(DataSize.parse(text)).hasToString(text);
    }
    assertThat(DataSize.parse("2GB").bytes()).isEqualTo(2_000_000_000L);
  }

  private static ConfigurationFault faultOf(String text) {
    return catchThrowableOfType(
        ConfigurationFault.class, () -> StrictYaml.read(text, "facility.yaml", Facility.class));
  }
}
