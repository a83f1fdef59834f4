package org.gemel.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The live processes of the server of one data folder.
 *
 * <p>A PostgreSQL process has its data folder as its working folder. That identifies it, where the
 * number in {@code postmaster.pid} alone does not: after a crash it may belong to somebody else.
 */
final class FolderProcesses {
  private final Path dataFolder;

  FolderProcesses(Path dataFolder) {
    this.dataFolder = dataFolder;
  }

  /** All of them: the server's first process and its children, also children that outlived it. */
  List<ProcessHandle> all() {
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  /** The first process, if it is alive. */
  Optional<ProcessHandle> first() throws IOException {
    Path lock = dataFolder.resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(lock);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,18}")) {
      return Optional.empty(); // it was being written when its writer was killed
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(this::isOurs);
  }

  private boolean isOurs(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      Path program = Files.readSymbolicLink(proc.resolve("exe")).getFileName();
      // A deleted program shows as "postgres (deleted)": the cache may have been cleared meanwhile.
      return program.toString().startsWith("postgres")
          && Files.readSymbolicLink(proc.resolve("cwd")).equals(dataFolder);
    } catch (IOException e) {
      return false; // it has ended, or it is another user's and so not ours
    }
  }
}
