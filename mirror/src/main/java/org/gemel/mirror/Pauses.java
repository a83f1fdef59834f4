package org.gemel.mirror;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is paused, since when. No pass of it begins by itself; a pass that somebody asks for still
 * does, for a switch must be able to carry over what was written last.
 *
 * @param all since when the mirror is, with all its profiles
 * @param profiles since when single ones are
 */
public record Pauses(Optional<Instant> all, Map<String, Instant> profiles) {
  public static final Pauses NONE = new Pauses(Optional.empty(), Map.of());

  public Pauses {
    profiles = Map.copyOf(profiles);
  }

  /** Pauses a profile, or all if none is named. What is paused already stays so since then. */
  public Pauses with(Optional<String> profile, Instant since) {
    if (profile.isEmpty()) {
      return new Pauses(all.or(() -> Optional.of(since)), profiles);
    }
    Map<String, Instant> more = new TreeMap<>(profiles);
    more.putIfAbsent(profile.get(), since);
    return new Pauses(all, more);
  }

  /** Ends the pause of a profile, or every pause if none is named. */
  public Pauses without(Optional<String> profile) {
    if (profile.isEmpty()) {
      return NONE;
    }
    Map<String, Instant> fewer = new TreeMap<>(profiles);
    fewer.remove(profile.get());
    return new Pauses(all, fewer);
  }

  /** Since when a profile makes no passes by itself; empty if it does. */
  public Optional<Instant> of(String profile) {
    Optional<Instant> own = Optional.ofNullable(profiles.get(profile));
    return all.filter(since -> own.isEmpty() || since.isBefore(own.get())).or(() -> own);
  }
}
