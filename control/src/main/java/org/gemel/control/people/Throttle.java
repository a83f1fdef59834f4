package org.gemel.control.people;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;

/**
 * Slows down guesses. After five failures in a row for a name from one address, or twenty for any
 * name from one address, the next try must wait one second, then two, four and so on up to a
 * minute; ten quiet minutes forgive. It counts by address, so nobody can keep an operator out by
 * guessing from elsewhere.
 *
 * <p>In memory only: a restart forgives too, which an attacker cannot bring about.
 */
final class Throttle {
  private static final int FREE_FOR_A_NAME = 5;
  private static final int FREE_FOR_AN_ADDRESS = 20;
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);
  private static final int MOST_REMEMBERED = 10_000;

  private record Failures(int count, Instant next) {}

  private record Source(String address, String name) {}

  private final Map<Source, Failures> failures =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Failures> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  synchronized void admit(String name, String address, Instant now) {
    for (Source source : sources(name, address)) {
      Failures found = failures.get(source);
      if (found != null && now.isBefore(found.next())) {
        long seconds = Math.max(1, Duration.between(now, found.next()).toSeconds());
        throw new Refusal(
            Reason.NOT_READY,
            "found "
                + found.count()
                + " wrong log-ins in a row, wanted a pause: try again in "
                + seconds
                + " s");
      }
    }
  }

  synchronized void failed(String name, String address, Instant now) {
    for (Source source : sources(name, address)) {
      Failures found = failures.get(source);
      boolean forgiven = found == null || now.isAfter(found.next().plus(FORGIVEN_AFTER));
      int count = forgiven || found == null ? 1 : found.count() + 1;
      int over = count - (source.name().isEmpty() ? FREE_FOR_AN_ADDRESS : FREE_FOR_A_NAME);
      Duration pause = over < 0 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(over, 6));
      failures.put(
          source, new Failures(count, now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause)));
    }
  }

  synchronized void succeeded(String name, String address) {
    failures.remove(new Source(address, name));
  }

  private static List<Source> sources(String name, String address) {
    return List.of(new Source(address, name), new Source(address, ""));
  }
}
