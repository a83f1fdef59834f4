package org.gemel.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.mirror.system.Privilege;

/**
 * That two trees were found equal, and as what: so it can be shown later, and one tree alone can
 * tell whether it still is what it was. Says something of a time between its begin and its end;
 * nothing that it covers changed while it was being read.
 *
 * @param format of this record and of the tree hash; {@value #FORMAT}
 * @param epoch which stretch of mirroring it belongs to, if somebody said so
 * @param asRoot whether owners and the kernel's own attributes were compared and are in the hash
 * @param bytes the sizes of all files together
 * @param bytesRead how much content of the first tree was read
 * @param unread files that a scrub did not read because they were being changed
 * @param skipped FIFOs, sockets and devices, of which nothing is said
 * @param treeHash SHA-256 over the first tree, as hexadecimal digits; see {@code DESIGN-verify.md}
 * @param excludes patterns of what was left out
 * @param includes patterns of what was not left out all the same
 * @param bytesPerSecond the limit that reading kept to; 0: none
 */
public record EqualityCertificate(
    int format,
    Optional<String> epoch,
    String first,
    String second,
    Basis basis,
    boolean asRoot,
    long files,
    long folders,
    long bytes,
    long bytesRead,
    long unread,
    long skipped,
    String treeHash,
    List<String> excludes,
    List<String> includes,
    Optional<String> marker,
    long bytesPerSecond,
    Instant begun,
    Instant ended) {

  public static final int FORMAT = 1;

  /** What equality was concluded from. */
  public enum Basis {
    /** Names, types, sizes, times, modes, owners, attributes, link targets; no file was read. */
    METADATA,
    /** All that, and every byte of every file; contents are in the hash. */
    CONTENT,
    /**
     * Metadata of all at the end; every byte of every file within the round before that, but for
     * the unread. Contents are not in the hash.
     */
    SCRUB
  }

  public EqualityCertificate {
    excludes = List.copyOf(excludes);
    includes = List.copyOf(includes);
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "found a certificate of format " + format + ", wanted " + FORMAT);
    }
  }

  /**
   * Certifies what a comparison found.
   *
   * @throws IllegalArgumentException if it did not find equality, or made no tree hash
   */
  public static EqualityCertificate of(
      TreeRoot first,
      TreeRoot second,
      ComparisonOptions options,
      ComparisonReport report,
      Optional<String> epoch) {
    if (!report.equal() || report.treeHash().isEmpty()) {
      throw new IllegalArgumentException(
          "found a comparison without equality or without a tree hash, wanted both: only equal trees are certified");
    }
    return of(
        first,
        second,
        options,
        report,
        epoch,
        options.content() ? Basis.CONTENT : Basis.METADATA,
        report.bytesRead(),
        0,
        report.begun());
  }

  /** Certifies a scrub's round that found nothing, and the comparison after it. */
  static EqualityCertificate ofScrub(
      ScrubOptions scrub, ScrubState round, ComparisonReport report, Optional<String> epoch) {
    return of(
        scrub.first(),
        scrub.second(),
        scrub.comparison().withRate(scrub.bytesPerSecond()),
        report,
        epoch,
        Basis.SCRUB,
        round.bytes(),
        round.unread(),
        round.begun());
  }

  private static EqualityCertificate of(
      TreeRoot first,
      TreeRoot second,
      ComparisonOptions options,
      ComparisonReport report,
      Optional<String> epoch,
      Basis basis,
      long bytesRead,
      long unread,
      Instant begun) {
    return new EqualityCertificate(
        FORMAT,
        epoch,
        first.path(),
        second.path(),
        basis,
        Privilege.isRoot(),
        report.files(),
        report.directories(),
        report.bytes(),
        bytesRead,
        unread,
        report.skipped(),
        report.treeHash().orElseThrow(),
        options.filters().excludes().stream().map(Glob::toString).toList(),
        options.filters().includes().stream().map(Glob::toString).toList(),
        options.marker().map(Marker::fileName),
        options.bytesPerSecond(),
        begun,
        report.ended());
  }

  /** How a tree has to be read to be held against this. */
  public ComparisonOptions options() {
    return new ComparisonOptions(
            basis == Basis.CONTENT,
            FilterRules.of(excludes, includes),
            marker.map(name -> new Marker(name, Optional.empty(), Optional.empty())))
        .withTreeHash(true);
  }
}
