package org.gemel.cli.mirror;

import org.gemel.mirror.CertificateCheck;
import org.gemel.mirror.ComparisonReport;
import org.gemel.mirror.Counts;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.Refusal;

/** What a verification says when it has ended, as one object. */
final class VerifyResult {
  private VerifyResult() {}

  static ResultObject of(ComparisonReport report) {
    return counts(new ResultObject().truth("equal", report.equal()), report)
        .number("differing", report.differing())
        .text("treeHash", report.equal() ? report.treeHash().orElse("") : "")
        .seconds("seconds", report.elapsed());
  }

  /** After a repair, or what a repair would do. */
  static ResultObject of(ComparisonReport after, ComparisonReport before, MirrorReport repair) {
    Counts done = repair.counts();
    return of(after)
        .number("differingBefore", before.differing())
        .text("repair", repair.outcome().name().toLowerCase(java.util.Locale.ROOT))
        .text("reason", repair.outcome() == MirrorReport.Outcome.COMPLETE ? "" : repair.summary())
        .text("flag", repair.refusal().flatMap(Refusal::flag).orElse(""))
        .number(
            "repaired",
            done.created() + done.updated() + done.renamed() + done.metadata() + done.deleted())
        .number("bytesMoved", done.bytesMoved());
  }

  static ResultObject of(CertificateCheck check) {
    ResultObject result = new ResultObject().truth("equal", check.holds());
    return counts(result, check.report())
        .text("words", check.words())
        .text("treeHash", check.report().treeHash().orElse(""))
        .seconds("seconds", check.report().elapsed());
  }

  private static ResultObject counts(ResultObject result, ComparisonReport report) {
    return result
        .number("files", report.files())
        .number("directories", report.directories())
        .number("bytes", report.bytes())
        .number("bytesRead", report.bytesRead())
        .number("skipped", report.skipped())
        .number("failed", report.failed());
  }
}
