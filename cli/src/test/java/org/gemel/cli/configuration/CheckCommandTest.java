package org.gemel.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.cli.Gemel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is held against the program it is meant for, and every fault is told. */
final class CheckCommandTest {
  @TempDir private Path folder;
  private String out = "";
  private String error = "";

  private int check(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("file.yaml"), text);
    var toOut = new StringWriter();
    var toError = new StringWriter();
    int code =
        Gemel.run(
            new PrintWriter(toOut), new PrintWriter(toError), "config", "check", file.toString());
    out = toOut.toString();
    error = toError.toString();
    return code;
  }

  @Test
  void eachKindOfFileIsKnown() throws IOException {
    assertThat(check("{device: d, control: ['c:1'], identity: i, state: s}")).isZero();
    assertThat(out).contains("an agent's file, no fault");
    assertThat(check("{state: s, console: {port: 1}, agents: {port: 2}}")).isZero();
    assertThat(out).contains("a control point's file, no fault");
    assertThat(check("{from: /a, to: /b}")).isZero();
    assertThat(out).contains("a mirror profile, no fault");
  }

  @Test
  void everyFaultHasItsLineAndColumn() throws IOException {
    assertThat(check("from: /a\nto: /b\nshedule: every 1m\nstreams: many\n")).isEqualTo(2);
    assertThat(error)
        .contains("read as a mirror profile")
        .contains("file.yaml:3:1")
        .contains("schedule")
        .contains("file.yaml:4:10");
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    var toError = new StringWriter();
    int code =
        Gemel.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(toError),
            "config",
            "check",
            folder.resolve("none.yaml").toString());
    assertThat(code).isEqualTo(2);
    assertThat(toError.toString()).contains("found no readable file");
  }
}
