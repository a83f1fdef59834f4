package org.gemel.bench.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Series;

/** What the sessions of work D gave, kept until all rounds are over. */
final class FollowFigures {
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private final Map<String, Boolean> gemel = new LinkedHashMap<>();

  /** Tables list contestants in this order. */
  void enter(String contestant, boolean isGemel, String why) {
    gemel.put(contestant, isGemel);
    samples.put(contestant, new ArrayList<>());
    if (!why.isEmpty()) {
      absent.put(contestant, why);
    }
  }

  boolean isOut(String contestant) {
    return absent.containsKey(contestant);
  }

  /** Its samples go too: some rounds without others pair with nothing. */
  void leave(String contestant, String why) {
    if (samples.containsKey(contestant)) {
      absent.put(contestant, why);
      samples.put(contestant, new ArrayList<>());
    }
  }

  void add(String contestant, Sample sample) {
    samples.computeIfAbsent(contestant, c -> new ArrayList<>()).add(sample);
  }

  List<Series> series() {
    return samples.entrySet().stream()
        .map(
            entry ->
                new Series(
                    entry.getKey(),
                    gemel.getOrDefault(entry.getKey(), false),
                    entry.getValue(),
                    absent.getOrDefault(entry.getKey(), "")))
        .toList();
  }
}
