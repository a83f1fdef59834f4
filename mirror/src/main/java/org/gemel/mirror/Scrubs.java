package org.gemel.mirror;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.gemel.core.Side;

/**
 * The scrubs of a mirror's profiles: one is at work at a time, in the order in which they became
 * due, and none while a pass is at work or waits.
 */
final class Scrubs {
  private final Map<String, ProfilePasses> profiles = new LinkedHashMap<>();
  private final MirrorHost host;

  /** Of this stretch of mirroring, or of the last. */
  private volatile Map<String, ProfileScrub> scrubs = Map.of();

  private final AtomicBoolean atWork = new AtomicBoolean();

  Scrubs(Collection<ProfilePasses> all, MirrorHost host) {
    this.host = host;
    all.forEach(each -> profiles.put(each.profile().name(), each));
  }

  /**
   * The mirror begins to run from this side. Waits for nobody: the last stretch's end by
   * themselves.
   */
  void begin(Side main) {
    Map<String, ProfileScrub> fresh = new LinkedHashMap<>();
    profiles.forEach(
        (name, each) ->
            each.profile()
                .scrub()
                .ifPresent(plan -> fresh.put(name, new ProfileScrub(each, plan, main, host))));
    scrubs = fresh;
  }

  /**
   * Lets the one that has been due longest do a little.
   *
   * @param mayRun whether a profile is to be scrubbed at all, now
   * @param idle whether nobody else wants the disks
   */
  void begin(Instant now, Predicate<String> mayRun, BooleanSupplier idle, Executor executor) {
    Optional<Map.Entry<String, ProfileScrub>> next =
        scrubs.entrySet().stream()
            .filter(each -> !each.getValue().due().isAfter(now) && mayRun.test(each.getKey()))
            .min(Comparator.comparing(each -> each.getValue().due()));
    if (next.isEmpty() || atWork.getAndSet(true)) {
      return;
    }
    String name = next.get().getKey();
    ProfileScrub scrub = next.get().getValue();
    try {
      executor.execute(
          () -> {
            try {
              scrub.run(idle, () -> !mayRun.test(name));
            } finally {
              atWork.set(false);
            }
          });
    } catch (RuntimeException | Error ending) {
      atWork.set(false);
      throw ending;
    }
  }

  /** Returns once none of these is at work. */
  void end(Predicate<String> which) {
    for (var each : scrubs.entrySet()) {
      if (which.test(each.getKey())) {
        each.getValue().stop();
        each.getValue().awaitEnd();
      }
    }
  }

  Optional<ScrubStatus> status(String profile) {
    ProfilePasses known = profiles.get(profile);
    ProfileScrub scrub = scrubs.get(profile);
    return scrub != null
        ? Optional.of(scrub.status())
        : Optional.ofNullable(known).flatMap(each -> each.profile().scrub()).map(ScrubPlan::idle);
  }
}
