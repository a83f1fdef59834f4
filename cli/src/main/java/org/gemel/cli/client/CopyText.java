package org.gemel.cli.client;

import java.util.Locale;
import org.gemel.cli.Output;
import org.gemel.control.api.CopyStatus;
import org.gemel.core.Side;
import org.gemel.core.Sizes;

/** How far a first copy is: the whole in a line, then a line for each table in work. */
final class CopyText {
  private static final String LINE = "  %-40s %-9s %-28s %-24s %-14s %s";

  private final Output output;

  CopyText(Output output) {
    this.output = output;
  }

  void show(Side to, CopyStatus copy) {
    output.line(
        String.format(
            Locale.ENGLISH,
            "copy into %s: %,d tables, of which %,d wait, %,d in work, %,d here, %,d following; %s"
                + " rows, %s, %s, %s%s",
            to,
            copy.tables(),
            copy.waiting(),
            copy.copying(),
            copy.here(),
            copy.following(),
            rows(copy.rows(), copy.estimatedRows()),
            bytes(copy.bytes(), copy.estimatedBytes()),
            rate(copy.bytesPerSecond()),
            left(copy.secondsLeft()),
            copy.indexesLeft() == 0 ? "" : ", " + copy.indexesLeft() + " indexes to build"));
    if (!copy.brokenOff().isEmpty()) {
      output.line("  PostgreSQL copies what was left when it broke off: " + copy.brokenOff());
    }
    if (copy.inWork().isEmpty()) {
      return;
    }
    output.line(LINE.formatted("table", "state", "rows", "size", "rate", "left").stripTrailing());
    for (CopyStatus.Table table : copy.inWork()) {
      output.line(
          LINE.formatted(
                  table.table(),
                  table.state().toLowerCase(Locale.ROOT),
                  rows(table.rows(), table.estimatedRows()),
                  bytes(table.bytes(), table.estimatedBytes()),
                  rate(table.bytesPerSecond()),
                  left(table.secondsLeft()))
              .stripTrailing());
    }
    int more = copy.copying() - copy.inWork().size();
    if (more > 0) {
      output.line("  and " + more + " more");
    }
  }

  private static String rows(long rows, long estimated) {
    return estimated < 0
        ? String.format(Locale.ENGLISH, "%,d", rows)
        : String.format(Locale.ENGLISH, "%,d of about %,d", rows, estimated);
  }

  private static String bytes(long bytes, long estimated) {
    return estimated < 0 ? "size unknown" : Sizes.words(bytes) + " of " + Sizes.words(estimated);
  }

  private static String rate(long bytesPerSecond) {
    return bytesPerSecond <= 0 ? "-" : Sizes.words(bytesPerSecond) + "/s";
  }

  private static String left(long seconds) {
    return seconds < 0
        ? "time left unknown"
        : seconds < 120 ? "about " + seconds + " s left" : "about " + seconds / 60 + " min left";
  }
}
