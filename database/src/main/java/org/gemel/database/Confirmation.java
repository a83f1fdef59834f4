package org.gemel.database;

/** Main's answer to whether the backup has everything up to a position, on its disk. */
public sealed interface Confirmation {
  /**
   * It has: a live stream confirmed it.
   *
   * @param confirmed at or past the position asked for
   */
  record Reached(WalPosition confirmed) implements Confirmation {}

  /**
   * It has not, or there is no live stream that could say so.
   *
   * @param words why, since when, what would end it
   * @param bytesLeft log the backup has not confirmed; -1 where that is unknown
   */
  record Waiting(String words, long bytesLeft) implements Confirmation {}
}
