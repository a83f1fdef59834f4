package org.gemel.cli.mirror;

import java.io.PrintWriter;
import java.util.Locale;
import org.gemel.mirror.Counts;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.ParkedList;
import org.gemel.mirror.Refusal;

/** What a pass says when it has ended. */
final class MirrorResult {
  private MirrorResult() {}

  static void write(
      MirrorReport report, ResultFormat format, boolean stats, PrintWriter out, PrintWriter err) {
    if (report.outcome() != Outcome.COMPLETE) {
      err.println(report.outcome().name().toLowerCase(Locale.ROOT) + ": " + report.summary());
    }
    tellForeign(report, err);
    report
        .parked()
        .ifPresent(
            list ->
                err.println(
                    "or permit exactly this list, while it stays what it is, with --approve "
                        + list.hash()));
    switch (format) {
      case json -> out.println(object(report).json());
      case yaml -> out.println(object(report).yaml());
      case text -> {
        if (stats) {
          out.println(object(report).yaml());
        }
      }
    }
  }

  /** Somebody works on the backup: people should know, though all of it is undone. */
  private static void tellForeign(MirrorReport report, PrintWriter err) {
    if (!report.foreign().isEmpty()) {
      long count = report.counts().foreign();
      err.println(
          "found that somebody changed the target itself ("
              + count
              + "), wanted it to be the mirror's alone; the source counts, a complete pass undoes this:");
      report.foreign().forEach(each -> err.println("  " + each.line()));
      if (count > report.foreign().size()) {
        err.println("  …");
      }
    }
  }

  static int exitCode(MirrorReport report) {
    return switch (report.outcome()) {
      case COMPLETE -> 0;
      case INCOMPLETE -> report.counts().changedAnything() ? 4 : 1;
      case STOPPED -> 4;
      case REFUSED -> 5;
    };
  }

  private static ResultObject object(MirrorReport report) {
    Counts counts = report.counts();
    return new ResultObject()
        .text("outcome", report.outcome().name().toLowerCase(Locale.ROOT))
        .text("reason", report.outcome() == Outcome.COMPLETE ? "" : report.summary())
        .text("flag", report.refusal().flatMap(Refusal::flag).orElse(""))
        .number("files", counts.files())
        .number("directories", counts.directories())
        .number("bytes", counts.bytes())
        .number("created", counts.created())
        .number("updated", counts.updated())
        .number("renamed", counts.renamed())
        .number("metadata", counts.metadata())
        .number("deleted", counts.deleted())
        .number("skipped", counts.skipped())
        .number("failed", counts.failed())
        .number("bytesMoved", counts.bytesMoved())
        .number("parkedDeletes", report.parked().map(ParkedList::deletes).orElse(0L))
        .number("parkedOverwrites", report.parked().map(ParkedList::overwrites).orElse(0L))
        .number("parkedBytes", report.parked().map(ParkedList::bytes).orElse(0L))
        .text("parkedHash", report.parked().map(ParkedList::hash).orElse(""))
        .number("swept", counts.swept())
        .number("salvaged", counts.salvaged())
        .number("foreign", counts.foreign())
        .seconds("seconds", report.elapsed())
        .seconds("scanSeconds", report.scanning());
  }
}
