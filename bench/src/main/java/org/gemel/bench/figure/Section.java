package org.gemel.bench.figure;

import java.util.List;

/** One table of the report: contestants that did the same work in the same rounds. */
public record Section(
    String work,
    String title,
    Unit unit,
    Direction direction,
    Load load,
    List<Series> series,
    List<Goal> goals,
    List<String> notes) {
  public Section {
    series = List.copyOf(series);
    goals = List.copyOf(goals);
    notes = List.copyOf(notes);
  }

  public List<Comparison> comparisons() {
    return Comparisons.of(this);
  }
}
