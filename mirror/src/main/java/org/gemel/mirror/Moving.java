package org.gemel.mirror;

import org.gemel.mirror.system.FileCopy;

/** Pays for what is moved before it is, and counts it. */
final class Moving implements FileCopy.Progress {
  private final RateLimit rate;
  private final PassLog log;
  private final Runnable allowStop;

  /**
   * @param allowStop throws if the work is to stop
   */
  Moving(RateLimit rate, PassLog log, Runnable allowStop) {
    this.rate = rate;
    this.log = log;
    this.allowStop = allowStop;
  }

  /** The same for what is not to be stopped once it was begun. */
  Moving unstoppable() {
    return new Moving(rate, log, () -> {});
  }

  @Override
  public long allow(long bytes) {
    return rate.allow(bytes, allowStop);
  }

  /** Waits until all of it may be moved. */
  void await(long bytes) {
    for (long allowed = 0; allowed < bytes; ) {
      allowed += allow(bytes - allowed);
    }
  }

  @Override
  public void copied(long bytes) {
    log.moved(bytes);
    allowStop.run();
  }
}
