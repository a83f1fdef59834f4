package org.gemel.mirror;

import org.gemel.mirror.system.Privilege;

/**
 * Whether a tree is still what a certificate says.
 *
 * @param holds whether it is
 * @param words why not, or that it is
 * @param report what was read
 */
public record CertificateCheck(boolean holds, String words, ComparisonReport report) {
  /**
   * Reads a tree as the certificate's was read and compares the hashes.
   *
   * @param streams as in {@link ComparisonOptions}
   * @param bytesPerSecond as in {@link ComparisonOptions}
   */
  public static CertificateCheck run(
      EqualityCertificate certificate,
      TreeRoot tree,
      int streams,
      long bytesPerSecond,
      ComparisonListener listener) {
    ComparisonOptions options = certificate.options().withStreams(streams).withRate(bytesPerSecond);
    ComparisonReport report = TreeComparison.examine(tree, options, listener);
    return new CertificateCheck(
        isSame(certificate, report), words(certificate, tree, report), report);
  }

  private static boolean isSame(EqualityCertificate certificate, ComparisonReport report) {
    return report.isComplete()
        && certificate.asRoot() == Privilege.isRoot()
        && report.treeHash().filter(certificate.treeHash()::equals).isPresent();
  }

  private static String words(
      EqualityCertificate certificate, TreeRoot tree, ComparisonReport report) {
    if (report.refusal().isPresent()) {
      return report.refusal().get().reason();
    }
    if (report.stopped()) {
      return "stopped before all was read";
    }
    if (!report.failures().isEmpty()) {
      Failure first = report.failures().getFirst();
      return report.failed() + " could not be read, first " + first.path() + ": " + first.reason();
    }
    if (certificate.asRoot() != Privilege.isRoot()) {
      return "found a certificate made "
          + (certificate.asRoot() ? "as root" : "as an ordinary user")
          + ", wanted it checked so too: they see different owners and attributes";
    }
    if (isSame(certificate, report)) {
      return tree + " is what was certified on " + certificate.ended();
    }
    return tree
        + " is not what was certified on "
        + certificate.ended()
        + ": found "
        + counts(report.files(), report.directories(), report.bytes())
        + ", wanted "
        + counts(certificate.files(), certificate.folders(), certificate.bytes())
        + (sameCounts(certificate, report) ? ", and another tree hash" : "")
        + "; verify it against its mirror to see what differs";
  }

  private static boolean sameCounts(EqualityCertificate certificate, ComparisonReport report) {
    return certificate.files() == report.files()
        && certificate.folders() == report.directories()
        && certificate.bytes() == report.bytes();
  }

  private static String counts(long files, long folders, long bytes) {
    return files + " files, " + folders + " folders, " + bytes + " bytes";
  }
}
