package org.gemel.mirror.remote;

import java.time.Duration;
import org.gemel.mirror.system.Timestamp;

/**
 * What a server keeps of a file besides its bytes. What it does not keep is neither compared nor
 * set; the report says so once.
 *
 * @param times whether modification times of files can be set and are read back as they were set
 * @param timeStep how exact they are
 * @param folderTimes the same of folders
 * @param permissions whether modes can be set and read
 * @param symbolicLinks whether they can be made and read
 * @param linkTimes whether a symbolic link's own time can be set
 * @param atomicReplace whether a rename replaces a file in one step
 * @param durable whether the server can be asked to put a file on stable storage
 */
public record RemoteAbilities(
    boolean times,
    Duration timeStep,
    boolean folderTimes,
    boolean permissions,
    boolean symbolicLinks,
    boolean linkTimes,
    boolean atomicReplace,
    boolean durable) {
  private static final long NANOS = 1_000_000_000L;

  /** The last second that SFTP can name; nobody mirrors files from after 2106. */
  private static final long LATEST = 0xFFFF_FFFFL;

  /** The time as it is read back after it was set to this. */
  public Timestamp kept(Timestamp wanted) {
    long step = Math.max(1, timeStep.toNanos());
    if (wanted.seconds() < 0 || wanted.seconds() > LATEST) {
      return new Timestamp(Math.clamp(wanted.seconds(), 0, LATEST), 0);
    }
    if (step >= NANOS) {
      long seconds = step / NANOS;
      return new Timestamp(wanted.seconds() / seconds * seconds, 0);
    }
    return new Timestamp(wanted.seconds(), (int) (wanted.nanos() / step * step));
  }
}
