package org.gemel.cli.client;

import java.time.Instant;
import org.gemel.cli.Output;
import org.gemel.control.api.DatabasePreview;
import org.jspecify.annotations.Nullable;

/** What joining the sides would overwrite, for people; a few rows of each table. */
final class DatabasePreviewText {
  private static final int ROWS = 5;

  private final Output output;

  DatabasePreviewText(Output output) {
    this.output = output;
  }

  private record Wanted(String main, @Nullable String export) {}

  /** Asks and shows. */
  static int show(ConnectionOptions connection, String side, @Nullable String export) {
    Wanted wanted = new Wanted(String.valueOf(Operations.side(side)), export);
    String json = connection.client().post("/database/preview", wanted);
    DatabasePreview preview = ControlClient.read(json, DatabasePreview.class);
    Output output = connection.output();
    output.data(json, () -> new DatabasePreviewText(output).show(preview, export));
    return 0;
  }

  private void show(DatabasePreview preview, @Nullable String export) {
    for (DatabasePreview.Table table : preview.tables()) {
      output.line(
          "%s: %d lost, %d replaced, %d come back, %d only main changed%s"
              .formatted(
                  table.table(),
                  table.lost(),
                  table.replaced(),
                  table.back(),
                  table.caughtUp(),
                  table.whole().isEmpty() ? "" : " (every row compared: " + table.whole() + ")"));
      output.line(
          "  newest change on %s %s, on %s %s"
              .formatted(
                  preview.overwritten(),
                  time(table.newestHere()),
                  preview.main(),
                  time(table.newestOnMain())));
      table.examples().stream().limit(ROWS).forEach(row -> show(row, preview));
      if (table.overwritten() > ROWS) {
        output.line("  and %d more".formatted(table.overwritten() - ROWS));
      }
    }
    side(preview.overwritten().name(), preview.here());
    side(preview.main().name(), preview.onMain());
    if (export != null) {
      output.line(
          "all of it was written to %s on the database host of %s"
              .formatted(export, preview.overwritten()));
    }
    output.line(preview.words() + ".");
    output.line("HASH " + preview.hash());
  }

  private void show(DatabasePreview.Row row, DatabasePreview preview) {
    String what =
        switch (row.fate()) {
          case "LOST" -> "lost     ";
          case "BACK" -> "back     ";
          default -> "replaced ";
        };
    output.line(
        "  %s %s  changed on %s %s%s"
            .formatted(
                what,
                row.key(),
                preview.overwritten(),
                row.changedHere(),
                row.changedOnMain() == null
                    ? ""
                    : ", on " + preview.main() + " " + row.changedOnMain()));
  }

  private void side(String side, DatabasePreview.@Nullable Log log) {
    if (log != null) {
      output.line(
          side
              + ": "
              + (log.diverged() == null ? "" : "generation " + log.generation() + ", ")
              + log.words());
    }
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "none" : time.toString();
  }
}
