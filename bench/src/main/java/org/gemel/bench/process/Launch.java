package org.gemel.bench.process;

import java.util.List;
import java.util.Map;

/** A command line with what its environment adds to ours. */
public record Launch(List<String> line, Map<String, String> environment) {
  public static Launch of(String... line) {
    return new Launch(List.of(line), Map.of());
  }

  public static Launch of(List<String> line) {
    return new Launch(List.copyOf(line), Map.of());
  }

  public Launch with(Map<String, String> variables) {
    return new Launch(line, Map.copyOf(variables));
  }
}
