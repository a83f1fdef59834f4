package org.gemel.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.gemel.database.physical.PhysicalSettings;
import org.gemel.database.physical.PhysicalStart;
import org.gemel.postgres.PostgresBinaries;
import org.gemel.postgres.PostgresSettings;

/** Two servers of Debian's release 15, of which Y is replaced by a copy of X. */
final class PhysicalPair {
  static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15");

  final Path folder;
  final Servers servers;
  final Newsroom newsroom;

  PhysicalPair(Path folder, String name) throws Exception {
    this.folder = folder;
    PostgresSettings settings =
        PostgresSettings.standard().without("max_active_replication_origins");
    servers = new Servers(folder, PostgresBinaries.installed(PROGRAMS), settings);
    newsroom = new Newsroom(servers, name);
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAMS.resolve("bin/pg_basebackup"))
        && Files.isExecutable(PROGRAMS.resolve("bin/initdb"));
  }

  Path data() {
    return newsroom.y.node.server.dataFolder();
  }

  PhysicalStart start() throws Exception {
    return start(newsroom);
  }

  PhysicalStart start(Newsroom of) throws Exception {
    return new PhysicalStart(
        settings(), new ServerCopy(of.settings(of.y.node), of.x.asMain()), of.x.asMain());
  }

  PhysicalSettings settings() throws Exception {
    return new PhysicalSettings(
        PROGRAMS.resolve("bin"),
        data(),
        PhysicalSettings.becomingOwnerOf(data()),
        site("stop"),
        site("start"),
        Duration.ofSeconds(60));
  }

  /** As a site has it; while there is a file "hold" beside it, it waits before it acts. */
  private List<String> site(String verb) throws Exception {
    String asUser = String.join(" ", PhysicalSettings.becomingOwnerOf(data()));
    List<String> command = new ArrayList<>(List.of("sh", "-c"));
    command.add(
        "while [ -e '%s' ]; do sleep 0.02; done; exec setsid %s '%s' -D '%s' -l '%s' -m fast -w %s"
            .formatted(
                folder.resolve("hold-" + verb),
                asUser,
                PROGRAMS.resolve("bin/pg_ctl"),
                data(),
                newsroom.y.node.log(),
                verb)
            .replace(verb.equals("start") ? " -m fast" : "\0", ""));
    return command;
  }

  /** Folders beside the data folder that begin with its name. */
  List<String> beside() throws Exception {
    Path parent = data().getParent();
    try (var entries = Files.list(parent)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> name.startsWith(data().getFileName() + "."))
          .filter(name -> !name.endsWith(".log") && !name.endsWith(".gemel-lock"))
          .sorted()
          .toList();
    }
  }
}
