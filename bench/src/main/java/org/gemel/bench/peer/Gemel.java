package org.gemel.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.Outcome;
import org.gemel.bench.process.Timed;

/**
 * The program under test, met as anybody meets it: by its launcher. What it cannot do yet is read
 * from its own help, so that a contestant is left out instead of failing.
 */
public final class Gemel {
  private final Path launcher;
  private final String version;
  private final String mirrorHelp;
  private final boolean serves;

  private Gemel(Path launcher, String version, String mirrorHelp, boolean serves) {
    this.launcher = launcher;
    this.version = version;
    this.mirrorHelp = mirrorHelp;
    this.serves = serves;
  }

  public static Gemel meet(Path launcher, Timed timed) throws IOException, InterruptedException {
    String program = launcher.toString();
    String version = timed.require(Launch.of(program, "--version")).strip().replace("\n", ", ");
    String help = timed.require(Launch.of(program, "mirror", "--help"));
    Outcome serve = timed.run(Launch.of(program, "mirror", "serve", "--help"));
    return new Gemel(
        launcher, version, help, serve.exit() == 0 && serve.out().contains("mirror serve"));
  }

  /** For what is more than a command: a control point, an agent. */
  public Path launcher() {
    return launcher;
  }

  public String version() {
    return version;
  }

  /** A pass that knows nothing from passes before. */
  public Contestant pass() {
    return knows("--index") ? mirror("gemel mirror", "--index", "none") : mirror("gemel mirror");
  }

  public Contestant mirror(String name, String... options) {
    return Contestant.gemel(
        name, absent(options), (from, to) -> launch(options, from.toString(), to.toString()));
  }

  /** Any command of it, its result as JSON. */
  Launch launch(String[] options, String from, String to) {
    List<String> line = new ArrayList<>(List.of(launcher.toString(), "mirror", "-o", "json"));
    line.addAll(Arrays.asList(options));
    line.add(from);
    line.add(to);
    return Launch.of(line);
  }

  Launch serve(String... options) {
    List<String> line = new ArrayList<>(List.of(launcher.toString(), "mirror", "serve"));
    line.addAll(Arrays.asList(options));
    return Launch.of(line);
  }

  boolean knows(String option) {
    return Pattern.compile(Pattern.quote(option) + "\\b").matcher(mirrorHelp).find();
  }

  /** Which of these options it lacks, in words; empty if it has all. */
  String absent(String... options) {
    List<String> lacking =
        Arrays.stream(options).filter(option -> option.startsWith("--") && !knows(option)).toList();
    return lacking.isEmpty() ? "" : "not there yet: gemel mirror " + String.join(" ", lacking);
  }

  String servesNot() {
    return serves ? "" : "not there yet: gemel mirror serve";
  }
}
