package org.gemel.agent.mount;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds what processes hold of a volume: open files, working folders, programs and mapped files. A
 * process that holds something can still write there though the mount leads nowhere; a mapped file
 * even after it was closed.
 */
final class OpenBelow {
  private static final Path PROC = Path.of("/proc");

  private OpenBelow() {}

  /**
   * Looks at the processes once.
   *
   * @return one phrase for each process that holds something or cannot be looked into
   */
  static List<String> held(Supplier<Set<Long>> processes, List<Path> folders) {
    List<Path> tops = folders.stream().map(OpenBelow::real).toList();
    List<String> held = new ArrayList<>();
    for (long process : processes.get()) {
      try {
        find(process, tops).ifPresent(path -> held.add("process " + process + " holds " + path));
      } catch (IOException e) {
        // A process that ended meanwhile holds nothing; one that lives and cannot be seen may hold
        // anything.
        if (processes.get().contains(process)) {
          held.add("process " + process + " cannot be looked into (" + e + ")");
        }
      }
    }
    return held;
  }

  private static Optional<String> find(long process, List<Path> tops) throws IOException {
    Path folder = PROC.resolve(Long.toString(process));
    List<Path> links = new ArrayList<>();
    links.add(folder.resolve("cwd"));
    links.add(folder.resolve("root"));
    links.add(folder.resolve("exe"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("fd"))) {
      files.forEach(links::add);
    }
    for (Path link : links) {
      Optional<Path> target = target(link).filter(it -> tops.stream().anyMatch(it::startsWith));
      if (target.isPresent()) {
        return target.map(Path::toString);
      }
    }
    return mapped(folder, tops);
  }

  private static Optional<Path> target(Path link) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(link));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // closed since the list was read
    }
  }

  private static Optional<String> mapped(Path folder, List<Path> tops) throws IOException {
    String maps = new String(Files.readAllBytes(folder.resolve("maps")), StandardCharsets.UTF_8);
    return maps.lines()
        .filter(line -> line.indexOf('/') >= 0)
        .map(line -> line.substring(line.indexOf('/')))
        .filter(path -> tops.stream().anyMatch(top -> path.startsWith(top + "/")))
        .findFirst();
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      // Not there now: then the name under which it was opened is the best there is.
      return folder;
    }
  }
}
