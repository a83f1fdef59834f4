package org.gemel.agent.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gemel.agent.volume.RoleMark;
import org.gemel.core.Role;
import org.gemel.mirror.Refusal;
import org.gemel.mirror.link.PassOrigin;
import org.gemel.mirror.link.VolumeGuard;
import org.jspecify.annotations.Nullable;

/**
 * Lets a pass from elsewhere write to a volume only while it is marked backup, and only for a main
 * of no earlier role change than that mark: the volume itself refuses a late writer of an old main,
 * whoever else has or has not heard of the change.
 */
final class LinkGuard implements VolumeGuard {
  private static final Duration AGE = Duration.ofMillis(200);

  private record Reading(long at, Optional<RoleMark> mark, @Nullable String fault) {}

  private final Map<String, Volume> volumes;
  private final Map<String, Reading> last = new ConcurrentHashMap<>();

  LinkGuard(Map<String, Volume> volumes) {
    this.volumes = volumes;
  }

  /** Passes ask at every file; the mark is read again after 200 ms at the latest. */
  @Override
  public Optional<Refusal> refusal(String name, PassOrigin origin) {
    var reading =
        last.compute(
            name,
            (_, known) ->
                known != null && System.nanoTime() - known.at() < AGE.toNanos()
                    ? known
                    : read(name));
    return words(name, reading, origin).map(words -> new Refusal(words, Optional.empty()));
  }

  private Reading read(String name) {
    long now = System.nanoTime();
    var volume = volumes.get(name);
    if (volume == null) {
      return new Reading(now, Optional.empty(), "found no volume " + name + ", wanted one");
    }
    try {
      return new Reading(now, volume.role(), null);
    } catch (IOException e) {
      return new Reading(now, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> words(String name, Reading reading, PassOrigin origin) {
    if (reading.fault() != null) {
      return Optional.of(reading.fault());
    }
    var mark = reading.mark();
    if (mark.isEmpty() || mark.get().role() != Role.BACKUP) {
      return Optional.of(
          "found volume '%s' %s, wanted it marked backup: nothing may be mirrored onto a main"
              .formatted(
                  name,
                  mark.map(m -> "marked " + m.role() + " by change " + m.epoch())
                      .orElse("unmarked")));
    }
    if (origin.epoch().isEmpty()
        || Long.compareUnsigned(origin.epoch().getAsLong(), mark.get().epoch()) < 0) {
      return Optional.of(
          "found a mirror %s onto volume '%s', made backup by change %s, wanted one of a main of that change or a later one: the roles have moved on, see the pair's status"
              .formatted(
                  origin.epoch().isEmpty()
                      ? "that names no role change"
                      : "of change " + Long.toUnsignedString(origin.epoch().getAsLong()),
                  name,
                  Long.toUnsignedString(mark.get().epoch())));
    }
    return Optional.empty();
  }
}
