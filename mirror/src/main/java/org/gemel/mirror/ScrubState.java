package org.gemel.mirror;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/**
 * Where a scrub is, small enough to be written often: a restart goes on there.
 *
 * @param begun when the round began
 * @param over whether it has ended, and the next one is waited for
 * @param at the last entry that was done, its names as hexadecimal digits and joined by slashes;
 *     empty at the begin of a round
 * @param files files read in the round
 * @param bytes content of the first tree read in the round
 * @param unread files that were being changed when their turn came
 * @param differing entries found to differ
 * @param failed entries that could not be read
 */
public record ScrubState(
    Instant begun,
    boolean over,
    String at,
    long files,
    long bytes,
    long unread,
    long differing,
    long failed) {

  /** At the begin of a round. */
  static ScrubState begin(Instant now) {
    return new ScrubState(now, false, "", 0, 0, 0, 0, 0);
  }

  /** The names of the last entry that was done. */
  List<EntryName> names() {
    return at.isEmpty()
        ? List.of()
        : List.of(at.split("/", -1)).stream()
            .map(each -> EntryName.of(HexFormat.of().parseHex(each)))
            .toList();
  }

  ScrubState done(TreePath path) {
    String text =
        path.names().stream()
            .map(each -> HexFormat.of().formatHex(each.bytes()))
            .collect(Collectors.joining("/"));
    return new ScrubState(begun, over, text, files, bytes, unread, differing, failed);
  }

  ScrubState read(long more) {
    return new ScrubState(begun, over, at, files, bytes + more, unread, differing, failed);
  }

  ScrubState fileRead() {
    return new ScrubState(begun, over, at, files + 1, bytes, unread, differing, failed);
  }

  ScrubState notRead() {
    return new ScrubState(begun, over, at, files, bytes, unread + 1, differing, failed);
  }

  ScrubState found(long moreDiffering, long moreFailed) {
    return new ScrubState(
        begun, over, at, files, bytes, unread, differing + moreDiffering, failed + moreFailed);
  }

  ScrubState ended() {
    return new ScrubState(begun, true, "", files, bytes, unread, differing, failed);
  }
}
