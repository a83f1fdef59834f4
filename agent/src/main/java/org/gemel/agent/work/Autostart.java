package org.gemel.agent.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gemel.agent.base.DurableFile;

/**
 * Lets a service run when its agent sees it for the first time, and never again by itself:
 * afterwards it runs or stays stopped as it was last told, over any restart.
 */
final class Autostart {
  private final Path file;

  Autostart(Path stateFolder) {
    this.file = stateFolder.resolve("services-seen");
  }

  /** Those that are new here. */
  List<String> unseen(List<String> names) throws IOException {
    var seen = seen();
    return names.stream().filter(name -> !seen.contains(name)).toList();
  }

  /** They are known from now on. */
  void remember(List<String> names) throws IOException {
    var all = seen();
    if (all.addAll(names)) {
      DurableFile.replace(file, String.join("\n", all).getBytes(StandardCharsets.UTF_8));
    }
  }

  private Set<String> seen() throws IOException {
    return Files.exists(file)
        ? new LinkedHashSet<>(Files.readAllLines(file))
        : new LinkedHashSet<>();
  }
}
