package org.gemel.database.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The labels of an enumeration, out of its form: {@code 'a', 'b'}, in their order. */
final class EnumLabels {
  private static final Pattern LABEL = Pattern.compile("'(?:[^']|'')*'");

  private EnumLabels() {}

  /** Still quoted. */
  static List<String> of(ObjectFacts enumeration) {
    List<String> labels = new ArrayList<>();
    Matcher matcher = LABEL.matcher(enumeration.form());
    while (matcher.find()) {
      labels.add(matcher.group());
    }
    return labels;
  }

  /** What gives the backup's those of main's that it lacks, each at its place. */
  static List<String> missing(ObjectFacts main, ObjectFacts backup) {
    List<String> commands = new ArrayList<>();
    List<String> there = of(backup);
    String before = "";
    for (String label : of(main)) {
      if (!there.contains(label)) {
        commands.add(
            "ALTER TYPE "
                + main.name()
                + " ADD VALUE "
                + label
                + (!before.isEmpty()
                    ? " AFTER " + before
                    : there.isEmpty() ? "" : " BEFORE " + there.getFirst()));
      }
      before = label;
    }
    return commands;
  }
}
