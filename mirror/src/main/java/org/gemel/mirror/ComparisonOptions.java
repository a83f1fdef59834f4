package org.gemel.mirror;

import java.util.Optional;

/**
 * How two trees are compared.
 *
 * @param content whether files are read; otherwise equal size and time to the nanosecond count as
 *     equal
 * @param marker the volumes' marker, which is no part of the trees
 * @param streams how many files or parts of files are read at a time; 0: as suits the machine
 * @param bytesPerSecond how much content may be read, both trees together; 0: no limit
 * @param treeHash whether the first tree's hash is made, for a certificate
 * @param fromStorage whether what the kernel holds of a file in memory is dropped before it is read
 */
public record ComparisonOptions(
    boolean content,
    FilterRules filters,
    Optional<Marker> marker,
    int streams,
    long bytesPerSecond,
    boolean treeHash,
    boolean fromStorage) {
  /** Everything, by size, time and metadata. */
  public static final ComparisonOptions PLAIN =
      new ComparisonOptions(false, FilterRules.NONE, Optional.empty());

  /** Everything, contents read. */
  public static final ComparisonOptions CONTENT =
      new ComparisonOptions(true, FilterRules.NONE, Optional.empty());

  /** As fast as the machine goes, without a hash. */
  public ComparisonOptions(boolean content, FilterRules filters, Optional<Marker> marker) {
    this(content, filters, marker, 0, 0, false, false);
  }

  /** With so many streams; 0: as suits the machine. */
  public ComparisonOptions withStreams(int number) {
    return new ComparisonOptions(
        content, filters, marker, number, bytesPerSecond, treeHash, fromStorage);
  }

  /** With a limit on what is read; 0: none. */
  public ComparisonOptions withRate(long limit) {
    return new ComparisonOptions(content, filters, marker, streams, limit, treeHash, fromStorage);
  }

  /** With the first tree's hash or without. */
  public ComparisonOptions withTreeHash(boolean wanted) {
    return new ComparisonOptions(
        content, filters, marker, streams, bytesPerSecond, wanted, fromStorage);
  }

  /** Reading from the storage rather than from the kernel's memory, or not. */
  public ComparisonOptions withFromStorage(boolean wanted) {
    return new ComparisonOptions(
        content, filters, marker, streams, bytesPerSecond, treeHash, wanted);
  }

  int threads() {
    return streams == 0 ? Workers.usual() : streams;
  }
}
