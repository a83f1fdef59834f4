package org.gemel.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/requirements.md} says which test proves which requirement; this proves that it is
 * true.
 */
final class RequirementsTest {
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"([A-Z]-\\d+)\"\\)");
  private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]-\\d+) \\| ([^|]*)\\|.*$");

  /** The test source is where the ids are; the module's folder lies beside those of all others. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docs/requirements.md")) ? here : here.getParent();
  }

  private static Map<String, Set<String>> tagged() throws IOException {
    Map<String, Set<String>> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root())) {
      for (Path file :
          files
              .filter(f -> f.toString().endsWith("Test.java"))
              .filter(f -> f.toString().contains("/src/test/"))
              .toList()) {
        Matcher tag = TAG.matcher(Files.readString(file));
        while (tag.find()) {
          String name = file.getFileName().toString().replace(".java", "");
          tests.computeIfAbsent(tag.group(1), id -> new TreeSet<>()).add(name);
        }
      }
    }
    return tests;
  }

  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> tests = new TreeMap<>();
    for (String line : Files.readAllLines(root().resolve("docs/requirements.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        tests.put(row.group(1), new TreeSet<>(List.of(row.group(2).strip().split(",\\s*", -1))));
      }
    }
    return tests;
  }

  @Test
  void thePageListsExactlyTheTestsThatCarryEachId() throws IOException {
    assertThat(documented()).isNotEmpty().isEqualTo(tagged());
  }
}
