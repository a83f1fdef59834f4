package org.gemel.database.preflight;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers findings; of one check, level and place only the first hundred are kept and the rest is
 * counted, so that ten thousand tables without a key are still a page that can be read.
 */
final class Findings {
  static final int MOST_OF_A_KIND = 100;

  private record Kind(String check, Level level, Place place) {}

  private final Map<Level, List<PreflightFinding>> byLevel = new EnumMap<>(Level.class);
  private final int mostOfAKind;
  private final Map<Kind, Integer> counts = new LinkedHashMap<>();

  /** Keeps a hundred of a kind. */
  Findings() {
    this(MOST_OF_A_KIND);
  }

  Findings(int mostOfAKind) {
    this.mostOfAKind = mostOfAKind;
    for (Level level : Level.values()) {
      byLevel.put(level, new ArrayList<>());
    }
  }

  /** Says where and what; the rest follows. */
  Draft add(Level level, Place place, String check, String subject) {
    return new Draft(level, place, check, subject);
  }

  /** The worst first, each kind in the order it was found. */
  List<PreflightFinding> all() {
    List<PreflightFinding> all = new ArrayList<>();
    for (Level level : Level.values()) {
      all.addAll(byLevel.getOrDefault(level, List.of()));
      counts.forEach(
          (kind, count) -> {
            if (kind.level() == level && count > mostOfAKind) {
              all.add(more(kind, count - mostOfAKind));
            }
          });
    }
    return List.copyOf(all);
  }

  private static PreflightFinding more(Kind kind, int count) {
    return new PreflightFinding(
        kind.check(),
        kind.level(),
        kind.place(),
        "",
        count + " more of the same kind",
        "none",
        "cure those that are listed, then check again",
        List.of(),
        false);
  }

  /** A finding that is being said. */
  final class Draft {
    private final Level level;
    private final Place place;
    private final String check;
    private final String subject;
    private String found = "";
    private String wanted = "";

    private Draft(Level level, Place place, String check, String subject) {
      this.level = level;
      this.place = place;
      this.check = check;
      this.subject = subject;
    }

    Draft found(String words) {
      found = words;
      return this;
    }

    Draft wanted(String words) {
      wanted = words;
      return this;
    }

    void cure(String words, String... commands) {
      cure(words, List.of(commands), false);
    }

    /** A setting of the server that counts only after a restart. */
    void set(String setting, String value) {
      cure(
          "set " + setting + " = " + value + " and restart that server",
          List.of("ALTER SYSTEM SET " + setting + " = '" + value + "'"),
          true);
    }

    void cure(String words, List<String> commands, boolean restart) {
      Kind kind = new Kind(check, level, place);
      if (counts.merge(kind, 1, Integer::sum) <= mostOfAKind) {
        byLevel
            .computeIfAbsent(level, _ -> new ArrayList<>())
            .add(
                new PreflightFinding(
                    check, level, place, subject, found, wanted, words, commands, restart));
      }
    }
  }
}
