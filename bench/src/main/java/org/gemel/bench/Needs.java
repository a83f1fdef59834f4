package org.gemel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.gemel.bench.process.Caches;
import org.gemel.bench.process.Tool;
import org.gemel.bench.work.Sizes;
import org.gemel.bench.work.Work;

/** What the bench itself cannot do without; told before anything is made. */
final class Needs {
  private static final double GIBIBYTE = 1 << 30;

  private Needs() {}

  static void check(Sizes sizes, List<Work> works, Path directory, int runs, boolean cold)
      throws IOException {
    String missing = Tool.missing(Tool.TIME, Tool.RSYNC, Tool.CP).orElse("");
    require(missing.isEmpty(), missing + " (the bench itself needs it)");
    require(runs >= 1, "found --runs " + runs + ", wanted 1 or more");
    require(
        !cold || Caches.mayDrop(),
        "found that caches may not be dropped, wanted that for --cold: run it as root");
    require(
        Files.isDirectory(directory) && Files.isWritable(directory),
        "found no folder " + directory + " to write in, wanted one: choose another --dir");
    long wanted = works.stream().mapToLong(work -> work.bytesNeeded(sizes)).max().orElse(0);
    long found = Files.getFileStore(directory).getUsableSpace();
    require(
        found >= wanted,
        String.format(
            Locale.ROOT,
            "found %.1f GiB free in %s, wanted %.1f: choose a smaller --scale or another --dir",
            found / GIBIBYTE,
            directory,
            wanted / GIBIBYTE));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
