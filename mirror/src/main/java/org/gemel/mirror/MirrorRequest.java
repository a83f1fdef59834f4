package org.gemel.mirror;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one pass is to do.
 *
 * @param allowDelete how many entries the pass may delete; empty: up to {@value
 *     ChangeGuard#DELETES_ALWAYS}, and beyond that up to {@value ChangeGuard#DELETED_PERCENT} % of
 *     what the target holds
 * @param marker the file that both volumes must carry, if one is required
 * @param checksum whether files of equal size and time are read to see if they are equal
 * @param index where the pair is remembered, if it is
 * @param dryRun whether to say only what would be changed
 * @param safety limits of what may go and of what is kept
 * @param inPlace whether large files of the target are patched in place: no room is needed for a
 *     second copy, and the name is absent for that while
 * @param rate what holds back content on its way; passes that are given the same one keep to it
 *     together. Not for a pass over a link, which has a limit of its own
 * @param streams how many threads look and copy at the same time; 0: as suits the machine
 */
public record MirrorRequest(
    TreeRoot source,
    TreeRoot target,
    DeletePolicy deletes,
    OptionalLong allowDelete,
    Optional<Marker> marker,
    FilterRules filters,
    boolean checksum,
    boolean dryRun,
    Optional<MirrorIndex> index,
    PassSafety safety,
    boolean inPlace,
    RateLimit rate,
    int streams) {

  /** More than this helps nowhere. */
  public static final int MOST_STREAMS = 64;

  public MirrorRequest {
    if (streams < 0 || streams > MOST_STREAMS) {
      throw new IllegalArgumentException(
          "found " + streams + " streams, wanted 1 to " + MOST_STREAMS);
    }
  }

  /** The plainest pass: everything, deletes included, no marker asked for. */
  public static MirrorRequest of(TreeRoot source, TreeRoot target) {
    return new MirrorRequest(
        source,
        target,
        DeletePolicy.MIRROR,
        OptionalLong.empty(),
        Optional.empty(),
        FilterRules.NONE,
        false,
        false,
        Optional.empty(),
        PassSafety.DEFAULT,
        false,
        RateLimit.NONE,
        0);
  }

  /** The same pass between other trees, or between these under other names. */
  public MirrorRequest withTrees(TreeRoot from, TreeRoot to) {
    return new MirrorRequest(
        from,
        to,
        deletes,
        allowDelete,
        marker,
        filters,
        checksum,
        dryRun,
        index,
        safety,
        inPlace,
        rate,
        streams);
  }

  public MirrorRequest withDeletes(DeletePolicy policy) {
    return new MirrorRequest(
        source,
        target,
        policy,
        allowDelete,
        marker,
        filters,
        checksum,
        dryRun,
        index,
        safety,
        inPlace,
        rate,
        streams);
  }

  public MirrorRequest withAllowDelete(long entries) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        OptionalLong.of(entries),
        marker,
        filters,
        checksum,
        dryRun,
        index,
        safety,
        inPlace,
        rate,
        streams);
  }

  public MirrorRequest withMarker(Marker required) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        allowDelete,
        Optional.of(required),
        filters,
        checksum,
        dryRun,
        index,
        safety,
        inPlace,
        rate,
        streams);
  }

  public MirrorRequest withFilters(FilterRules rules) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        allowDelete,
        marker,
        rules,
        checksum,
        dryRun,
        index,
        safety,
        inPlace,
        rate,
        streams);
  }

  public MirrorRequest withChecksum(boolean readContent) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        allowDelete,
        marker,
        filters,
        readContent,
        dryRun,
        index,
        safety,
        inPlace,
        rate,
        streams);
  }

  public MirrorRequest withDryRun(boolean onlySay) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        allowDelete,
        marker,
        filters,
        checksum,
        onlySay,
        index,
        safety,
        inPlace,
        rate,
        streams);
  }

  public MirrorRequest withIndex(MirrorIndex remembered) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        allowDelete,
        marker,
        filters,
        checksum,
        dryRun,
        Optional.of(remembered),
        safety,
        inPlace,
        rate,
        streams);
  }

  public MirrorRequest withSafety(PassSafety limits) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        allowDelete,
        marker,
        filters,
        checksum,
        dryRun,
        index,
        limits,
        inPlace,
        rate,
        streams);
  }

  public MirrorRequest withInPlace(boolean patched) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        allowDelete,
        marker,
        filters,
        checksum,
        dryRun,
        index,
        safety,
        patched,
        rate,
        streams);
  }

  public MirrorRequest withRate(RateLimit limit) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        allowDelete,
        marker,
        filters,
        checksum,
        dryRun,
        index,
        safety,
        inPlace,
        limit,
        streams);
  }

  public MirrorRequest withStreams(int number) {
    return new MirrorRequest(
        source,
        target,
        deletes,
        allowDelete,
        marker,
        filters,
        checksum,
        dryRun,
        index,
        safety,
        inPlace,
        rate,
        number);
  }

  int threads() {
    return streams == 0 ? Workers.usual() : streams;
  }
}
