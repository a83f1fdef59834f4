package org.gemel.control.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;

/**
 * The looks that steps are checked and proven by.
 *
 * <p>What a step is proven by, the next one may begin by: as long as no order was given since that
 * look was asked for, to whatever device and by whatever run, a new one could only show what others
 * than we did in that moment, which it cannot rule out for the next moment either. Between a gate
 * that shut and one that opens, each look is time in which no client can write.
 */
final class Looks {
  /**
   * @param orders how many had been given before it was asked for
   */
  private record Look(long number, Instant at, long orders) {}

  private final Site site;
  private final Duration young;
  private final AtomicLong orders = new AtomicLong();
  private volatile Look last = new Look(0, Instant.EPOCH, -1);

  /**
   * @param young how old a look may be to begin by
   */
  Looks(Site site, Duration young) {
    this.site = site;
    this.young = young;
  }

  /** An order is about to be given: what was seen before is no longer true for sure. */
  void ordered() {
    orders.incrementAndGet();
  }

  /** Reality as it is after this call. */
  Reality anew() {
    return reality(this::ask);
  }

  /** The same, and every device is asked now, whether its report is wanted or not. */
  Reality askedAnew() {
    return new Reality(site, ask());
  }

  /** Reality as it is since the last order, not older than a moment. */
  Reality sinceLastOrder() {
    return reality(
        () -> {
          Look known = last;
          Duration age = Duration.between(known.at(), site.now());
          boolean good =
              known.orders() == orders.get() // false of the one that nobody asked for yet
                  && !age.isNegative() // a clock that was set back says nothing of an age
                  && age.compareTo(young) <= 0;
          return good ? known.number() : ask();
        });
  }

  private Reality reality(LongSupplier number) {
    return new Reality(
        site,
        new LongSupplier() {
          private long asked = -1;

          @Override
          public long getAsLong() {
            if (asked < 0) {
              asked = number.getAsLong();
            }
            return asked;
          }
        });
  }

  private long ask() {
    long before = orders.get();
    Instant at = site.now();
    long number = site.look();
    last = new Look(number, at, before);
    return number;
  }
}
