package org.gemel.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in what two lists of parked changes differ, for the person who approved the first. */
final class ListChanges {
  private static final int SHOWN = 5;

  private ListChanges() {}

  static String between(Path before, Path now) throws IOException {
    Set<String> one = lines(before);
    Set<String> other = lines(now);
    Set<String> gone = new LinkedHashSet<>(one);
    gone.removeAll(other);
    other.removeAll(one);
    return other.size()
        + " came to it"
        + examples(other)
        + ", "
        + gone.size()
        + " are no longer in it"
        + examples(gone);
  }

  private static Set<String> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  private static String examples(Set<String> lines) {
    return lines.isEmpty()
        ? ""
        : lines.stream()
            .limit(SHOWN)
            .map(line -> line.split("\t", 2)[0])
            .collect(Collectors.joining(", ", " (", lines.size() > SHOWN ? ", ...)" : ")"));
  }
}
