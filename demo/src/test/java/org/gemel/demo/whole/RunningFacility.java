package org.gemel.demo.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.gemel.cli.Gemel;
import org.gemel.core.Side;
import org.gemel.demo.facility.Device;
import org.gemel.demo.facility.Facility;
import org.gemel.demo.workload.DatabaseAccess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A facility that {@code gemel demo} runs as a process of its own, and the command line to use it.
 */
final class RunningFacility implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path folder;
  private final Process demo;
  private final String ready;

  private RunningFacility(Path folder, Process demo, String ready) {
    this.folder = folder;
    this.demo = demo;
    this.ready = ready;
  }

  /** The file that lets the control point die at each entry of its journal while it exists. */
  static Path crashFile(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".crash");
  }

  static RunningFacility start(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.gemel.cli.Gemel",
            "demo",
            "--dir",
            folder.toString()));
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder
        .environment()
        .put(
            "GEMEL_DEMO_CONTROL_JAVA_OPTIONS",
            "-Dgemel.test.crash-at-journal-entries-while=" + crashFile(folder));
    builder
        .environment()
        .put("XDG_CACHE_HOME", Path.of("target/cache").toAbsolutePath().toString());
    Process demo = builder.start();
    // Not closed: the process would meet a broken pipe.
    BufferedReader out = demo.inputReader(UTF_8);
    String line = out.readLine();
    assertThat(line).as(() -> "the demo said: " + text(log)).startsWith("ready http://");
    return new RunningFacility(folder, demo, line);
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  String ready() {
    return ready;
  }

  Path folder() {
    return folder;
  }

  Facility facility() throws IOException {
    return Facility.existing(folder);
  }

  Map<Side, DatabaseAccess> applicationAccess() throws IOException {
    Map<Side, DatabaseAccess> access = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      access.put(side, facility().application(side));
    }
    return access;
  }

  /** What a command line answered. */
  record Answer(int exit, String out, String error) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  /** Runs a command against this facility, as a person would type it after {@code gemel}. */
  Answer gemel(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config");
    all.add(folder.resolve("client.yaml").toString());
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    int exit = Gemel.run(new PrintWriter(out), new PrintWriter(error), all.toArray(String[]::new));
    return new Answer(exit, out.toString(), error.toString());
  }

  Answer gemelWithoutConfig(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    int exit = Gemel.run(new PrintWriter(out), new PrintWriter(error), arguments);
    return new Answer(exit, out.toString(), error.toString());
  }

  /** Runs a command as somebody who may only look. */
  Answer asViewer(String... arguments) {
    Answer token = gemel("token", "create", "--role", "viewer", "-o", "json");
    assertThat(token.exit()).as(token.out() + token.error()).isZero();
    try {
      Path file = folder.resolve("viewer.token");
      Files.writeString(file, token.json().get("token").asString());
      List<String> all = new ArrayList<>(List.of(arguments));
      all.add("--control");
      all.add(ready.split(" ", -1)[1]);
      all.add("--token-file");
      all.add(file.toString());
      return gemelWithoutConfig(all.toArray(String[]::new));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode status() {
    return gemel("status", "-o", "json").json();
  }

  /** Waits until every working device has this many more acknowledged acts than now. */
  void letWork(int more) throws IOException {
    Facility facility = facility();
    for (Device device : Device.all()) {
      if (device.works()) {
        Path journal = facility.journal(device);
        long wanted = acknowledged(journal) + more;
        Awaitility.await(device.name() + " works")
            .atMost(PATIENCE)
            .until(() -> acknowledged(journal) >= wanted);
      }
    }
  }

  private static long acknowledged(Path journal) throws IOException {
    if (!Files.exists(journal)) {
      return 0;
    }
    try (var lines = Files.lines(journal, UTF_8)) {
      return lines.filter(l -> l.contains("ACKNOWLEDGED")).count();
    }
  }

  /** Kills a process of the facility as {@code kill -9} would. */
  void kill(String name) throws IOException {
    pid(name).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** The same, and waits until its supervisor has started another. */
  void killAndAwaitAnother(String name) throws IOException {
    long killed = pid(name).orElseThrow();
    kill(name);
    Awaitility.await("another " + name)
        .atMost(PATIENCE)
        .until(() -> pid(name).filter(now -> now != killed).isPresent());
  }

  /** Lets a process of the facility hang; returns its id for {@link #goOn}. */
  long stop(String name) throws IOException {
    long pid = pid(name).orElseThrow();
    signal("-STOP", pid);
    return pid;
  }

  void goOn(long pid) throws IOException {
    signal("-CONT", pid);
  }

  private static void signal(String name, long pid) throws IOException {
    try {
      assertThat(new ProcessBuilder("kill", name, Long.toString(pid)).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<Long> pid(String name) throws IOException {
    Path file = folder.resolve("run").resolve(name + ".pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("pid")) {
        return Optional.of(Long.parseLong(line.replaceAll("[^0-9]", "")));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    demo.destroy();
    try {
      if (!demo.waitFor(2, TimeUnit.MINUTES)) {
        demo.destroyForcibly();
        throw new AssertionError("the demo did not end within two minutes of SIGTERM");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
