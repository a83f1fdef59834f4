package org.gemel.mirror.link;

import java.util.OptionalLong;

/**
 * How a caller wants a link to be.
 *
 * @param lines how many connections carry content at a time
 * @param bytesPerSecond the most that goes over all of them together; 0 for no limit
 * @param packed whether content is compressed on the way (zstd)
 * @param epoch the role epoch of who calls, where it has one
 */
public record LinkOptions(int lines, long bytesPerSecond, boolean packed, OptionalLong epoch) {
  public LinkOptions {
    if (lines < 1 || lines > Session.MOST_LINES) {
      throw new IllegalArgumentException(
          "found " + lines + " streams, wanted 1 to " + Session.MOST_LINES);
    }
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException("found a rate below 0, wanted bytes a second");
    }
  }

  /** As many connections as help, no limit, nothing compressed. */
  public static LinkOptions usual() {
    return new LinkOptions(
        Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4),
        0,
        false,
        OptionalLong.empty());
  }

  public LinkOptions withLines(int number) {
    return new LinkOptions(number, bytesPerSecond, packed, epoch);
  }

  public LinkOptions withRate(long most) {
    return new LinkOptions(lines, most, packed, epoch);
  }

  public LinkOptions withPacking(boolean pack) {
    return new LinkOptions(lines, bytesPerSecond, pack, epoch);
  }

  public LinkOptions withEpoch(long acting) {
    return new LinkOptions(lines, bytesPerSecond, packed, OptionalLong.of(acting));
  }
}
