package org.gemel.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes a data folder. It appears under its final name only when it is complete and on disk: it is
 * made beside it, synced once, and renamed.
 */
final class DataFolder {
  private DataFolder() {}

  static boolean isInitialised(Path folder) {
    return Files.exists(folder.resolve("PG_VERSION"));
  }

  static void initialise(
      PostgresBinaries binaries, Path folder, String administrator, String password)
      throws IOException, InterruptedException, PostgresFailure {
    Path parent =
        Objects.requireNonNull(folder.getParent(), "a data folder lies in another folder");
    Files.createDirectories(parent);
    Path beside = folder.resolveSibling(folder.getFileName() + ".making");
    FolderTree.delete(beside);
    Path passwordFile = folder.resolveSibling(folder.getFileName() + ".password");
    Files.deleteIfExists(passwordFile); // left by one who was killed
    Files.createFile(
        passwordFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(passwordFile, password + "\n");
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--pgdata=" + beside,
                  "--username=" + administrator,
                  "--pwfile=" + passwordFile,
                  "--auth=scram-sha-256",
                  "--encoding=UTF8",
                  "--lc-messages=C",
                  "--no-instructions",
                  // Synced once below, when it is complete, and not also on the way.
                  "--no-sync"));
      arguments.addAll(binaries.order());
      run(binaries, parent, arguments);
    } finally {
      Files.delete(passwordFile);
    }
    run(binaries, parent, List.of("--pgdata=" + beside, "--sync-only"));
    if (Files.isDirectory(folder)) {
      Files.delete(folder); // an empty folder may stand there; anything in it fails this
    }
    Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
    sync(parent);
  }

  static void configure(Path folder, int port, PostgresSettings settings) throws IOException {
    Path configuration = folder.resolve("postgresql.conf");
    Path written = folder.resolve("postgresql.conf.new");
    Files.writeString(written, settings.configuration(port), StandardCharsets.UTF_8);
    sync(written);
    Files.move(written, configuration, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(PostgresBinaries binaries, Path folder, List<String> arguments)
      throws IOException, InterruptedException, PostgresFailure {
    List<String> command = new ArrayList<>();
    command.add(binaries.program("initdb").toString());
    command.addAll(arguments);
    Shell.run(LowerUser.command(command), folder, PostgresServer.ENVIRONMENT);
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
