package org.gemel.mirror;

/**
 * Lets readers go on as a rate allows, and ends them when the work is to stop.
 *
 * @param allowStop throws if the work is to stop
 */
record Pace(RateLimit rate, Runnable allowStop) {
  /** Waits until so many more bytes may be read. */
  void await(int bytes) {
    allowStop.run();
    rate.await(bytes, allowStop);
  }
}
