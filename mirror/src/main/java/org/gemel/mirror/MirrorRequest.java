package org.gemel.mirror;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

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
    return with(
        each -> {
          each.source = from;
          each.target = to;
        });
  }

  public MirrorRequest withDeletes(DeletePolicy policy) {
    return with(each -> each.deletes = policy);
  }

  public MirrorRequest withAllowDelete(long entries) {
    return with(each -> each.allowDelete = OptionalLong.of(entries));
  }

  public MirrorRequest withMarker(Marker required) {
    return with(each -> each.marker = Optional.of(required));
  }

  public MirrorRequest withFilters(FilterRules rules) {
    return with(each -> each.filters = rules);
  }

  public MirrorRequest withChecksum(boolean readContent) {
    return with(each -> each.checksum = readContent);
  }

  public MirrorRequest withDryRun(boolean onlySay) {
    return with(each -> each.dryRun = onlySay);
  }

  public MirrorRequest withIndex(MirrorIndex remembered) {
    return with(each -> each.index = Optional.of(remembered));
  }

  public MirrorRequest withSafety(PassSafety limits) {
    return with(each -> each.safety = limits);
  }

  public MirrorRequest withRate(RateLimit limit) {
    return with(each -> each.rate = limit);
  }

  public MirrorRequest withStreams(int number) {
    return with(each -> each.streams = number);
  }

  public MirrorRequest withInPlace(boolean patched) {
    return with(each -> each.inPlace = patched);
  }

  int threads() {
    return streams == 0 ? Workers.usual() : streams;
  }

  private MirrorRequest with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.made();
  }

  /** A request of which some things are being changed. */
  private static final class Draft {
    private TreeRoot source;
    private TreeRoot target;
    private DeletePolicy deletes;
    private OptionalLong allowDelete;
    private Optional<Marker> marker;
    private FilterRules filters;
    private boolean checksum;
    private boolean dryRun;
    private Optional<MirrorIndex> index;
    private PassSafety safety;
    private boolean inPlace;
    private RateLimit rate;
    private int streams;

    Draft(MirrorRequest like) {
      this.source = like.source;
      this.target = like.target;
      this.deletes = like.deletes;
      this.allowDelete = like.allowDelete;
      this.marker = like.marker;
      this.filters = like.filters;
      this.checksum = like.checksum;
      this.dryRun = like.dryRun;
      this.index = like.index;
      this.safety = like.safety;
      this.inPlace = like.inPlace;
      this.rate = like.rate;
      this.streams = like.streams;
    }

    MirrorRequest made() {
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
          streams);
    }
  }
}
