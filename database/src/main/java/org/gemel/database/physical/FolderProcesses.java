package org.gemel.database.physical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What runs on a folder of a server, by whomever it was started: the server, which has it as its
 * working folder, and programs that were told to fill it.
 */
final class FolderProcesses {
  private FolderProcesses() {}

  /** The server's processes. */
  static List<ProcessHandle> ofServer(Path data) {
    return ProcessHandle.allProcesses().filter(process -> works(process, data)).toList();
  }

  /** Those that fill it; they show it as an argument of theirs. */
  static List<ProcessHandle> filling(Path data) {
    String argument = BaseBackup.target(data);
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .arguments()
                    .filter(arguments -> Arrays.asList(arguments).contains(argument))
                    .isPresent())
        .toList();
  }

  /** Ends all of them, whatever becomes of the folder, which nobody uses any more. */
  static void endAll(Path data) throws InterruptedException {
    while (true) {
      List<ProcessHandle> left =
          java.util.stream.Stream.concat(ofServer(data).stream(), filling(data).stream()).toList();
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      Thread.sleep(20); // until the system has cleared them away
    }
  }

  private static boolean works(ProcessHandle process, Path data) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.readSymbolicLink(proc.resolve("cwd")).equals(data)
          && String.valueOf(Files.readSymbolicLink(proc.resolve("exe")).getFileName())
              .startsWith("postgres");
    } catch (IOException e) {
      return false; // it has ended, or is another user's and so not this server's
    }
  }
}
