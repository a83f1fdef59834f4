package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gemel.database.physical.PhysicalSettings;
import org.gemel.database.physical.PhysicalStart;

/** A start from a physical copy in a process of its own, which is killed at a moment. */
final class CutOffStart {
  private CutOffStart() {}

  /** Kills it when it says so of itself. */
  static void killAt(PhysicalPair pair, String stage) throws Exception {
    Process process = begin(pair, stage);
    Path reached = pair.folder.resolve("reached");
    Newsroom.await(stage, () -> Files.exists(reached) || !process.isAlive());
    kill(process);
    Files.delete(reached); // or it never came there
  }

  /** Kills it while it waits for the site's command, which then is carried out all the same. */
  static void killInSite(PhysicalPair pair, String verb) throws Exception {
    Path hold = Files.createFile(pair.folder.resolve("hold-" + verb));
    Process process = begin(pair, "none");
    Path note = pair.data().resolveSibling(pair.data().getFileName() + ".gemel-note");
    Newsroom.await(
        verb,
        () ->
            Files.exists(note)
                && (verb.equals("stop")
                    || pair.beside().stream().anyMatch(b -> b.contains("before")))
                && process.children().anyMatch(CutOffStart::isShell));
    kill(process);
    Files.delete(hold);
    if (verb.equals("start")) {
      Newsroom.await("the start", pair.newsroom.y.node.server::isAlive);
    }
  }

  /** Before that, it is a program of Java's own, which ends with it. */
  private static boolean isShell(ProcessHandle child) {
    return child.info().arguments().filter(a -> a.length > 0 && a[0].equals("-c")).isPresent();
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  private static Process begin(PhysicalPair pair, String stage) throws Exception {
    PhysicalSettings settings = pair.settings();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CutOffStart.class.getName(),
            settings.data().toString(),
            settings.stop().getLast(),
            settings.start().getLast(),
            Integer.toString(pair.newsroom.x.node.server.port()),
            Integer.toString(pair.newsroom.y.node.server.port()),
            pair.newsroom.name,
            stage,
            pair.folder.resolve("reached").toString(),
            pair.start().listing().hash())
        .inheritIO()
        .start();
  }

  /** The process. */
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    PhysicalSettings settings =
        new PhysicalSettings(
            PhysicalPair.PROGRAMS.resolve("bin"),
            data,
            PhysicalSettings.becomingOwnerOf(data),
            List.of("sh", "-c", arguments[1]),
            List.of("sh", "-c", arguments[2]),
            Duration.ofSeconds(60));
    String name = arguments[5];
    Credentials replication = new Credentials("gemel_replication", "re'pl\\ication");
    MainConnection main = new MainConnection(address(arguments[3], name), replication);
    DatabaseSettings own =
        new DatabaseSettings(
            "Newsroom " + name,
            address(arguments[4], name),
            new Credentials("postgres", Servers.PASSWORD),
            replication,
            List.of("editor"),
            List.of(),
            Optional.empty());
    var _ =
        new PhysicalStart(settings, new ServerCopy(own, main), main)
            .perform(1, arguments[8], progress -> stopAt(progress.words(), arguments));
  }

  private static void stopAt(String words, String[] arguments) {
    if (words.startsWith(arguments[6])) {
      try {
        Files.createFile(Path.of(arguments[7]));
        Thread.sleep(Duration.ofHours(1)); // to be killed
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static DatabaseAddress address(String port, String name) {
    return new DatabaseAddress("127.0.0.1", Integer.parseInt(port), name);
  }

  /** A folder that this test made. */
  static void remove(Path folder) throws IOException {
    assertThat(folder.toString()).contains(".before-");
    try (var all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
