package org.gemel.mirror;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gemel.core.Side;

/**
 * A folder that is kept mirrored. It names both sides' folders and no direction: the same
 * configuration serves whichever side is main.
 *
 * @param x the folder on storage system X
 * @param y the folder on storage system Y
 * @param index where the pair is remembered, a folder for each direction; it tells what was renamed
 * @param marker the file that tells the volumes apart, if they carry one
 * @param rate what all its passes keep to together
 * @param streams how many threads a pass has; 0: as suits the machine
 * @param scrub how its content is read through and compared, if it is
 */
public record FolderProfile(
    String name,
    TreeRoot x,
    TreeRoot y,
    FilterRules filters,
    Schedule schedule,
    DeletePolicy deletes,
    OptionalLong allowDelete,
    Optional<VolumeMarker> marker,
    Optional<Path> index,
    RateLimit rate,
    int streams,
    Optional<ScrubPlan> scrub) {

  /**
   * The marker file's name and what it holds on each side.
   *
   * @param x the volume id on X; empty if only the file's presence is asked for
   * @param y the volume id on Y, likewise
   */
  public record VolumeMarker(String fileName, Optional<String> x, Optional<String> y) {
    Marker from(Side main) {
      return main == Side.X ? new Marker(fileName, x, y) : new Marker(fileName, y, x);
    }
  }

  /** A profile with everything mirrored and no marker. */
  public static FolderProfile of(String name, TreeRoot x, TreeRoot y, Schedule schedule) {
    return new FolderProfile(
        name,
        x,
        y,
        FilterRules.NONE,
        schedule,
        DeletePolicy.MIRROR,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        RateLimit.NONE,
        0,
        Optional.empty());
  }

  public FolderProfile withScrub(ScrubPlan plan) {
    return new FolderProfile(
        name,
        x,
        y,
        filters,
        schedule,
        deletes,
        allowDelete,
        marker,
        index,
        rate,
        streams,
        Optional.of(plan));
  }

  public TreeRoot folder(Side side) {
    return side == Side.X ? x : y;
  }

  /** The pass that imposes main's folder on the other side's. */
  public MirrorRequest request(Side main) {
    return new MirrorRequest(
        folder(main),
        folder(main.other()),
        deletes,
        allowDelete,
        marker.map(each -> each.from(main)),
        filters,
        false,
        false,
        index.map(each -> new MirrorIndex(each.resolve("from-" + main), false)),
        PassSafety.DEFAULT,
        false,
        rate,
        streams);
  }

  /**
   * Compares both sides' folders as far as they are mirrored; changes nothing.
   *
   * @param first the side whose folder is the first tree
   * @param content whether files are read
   */
  public ComparisonReport compare(
      Side first,
      boolean content,
      Consumer<Difference> differences,
      BooleanSupplier stopRequested) {
    return TreeComparison.compare(
        folder(first),
        folder(first.other()),
        new ComparisonOptions(content, filters, marker.map(each -> each.from(first))),
        differences,
        stopRequested);
  }
}
