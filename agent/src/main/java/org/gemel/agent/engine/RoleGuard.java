package org.gemel.agent.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.gemel.agent.volume.RoleMark;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.mirror.PassGuard;
import org.gemel.mirror.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Lets a pass run only from a volume marked main onto one marked backup, and not if the backup's
 * mark is of a later role change than the main's: then this NAS head missed the change that took
 * its side's role away. The volumes themselves say so; neither the control point nor the other NAS
 * head is needed.
 */
final class RoleGuard implements PassGuard {
  private static final Duration AGE = Duration.ofMillis(200);

  private record Verdict(long at, Optional<Refusal> refusal) {}

  private final Volume own;
  private final Volume other;
  private volatile @Nullable Verdict last;

  RoleGuard(Volume own, Volume other) {
    this.own = own;
    this.other = other;
  }

  /** Passes ask at every file; the volumes are read again after {@value} ms at the latest. */
  @Override
  public Optional<Refusal> refusal(Side main) {
    var known = last;
    long now = System.nanoTime();
    if (main == own.side() && known != null && now - known.at() < AGE.toNanos()) {
      return known.refusal();
    }
    var refusal = words(main).map(words -> new Refusal(words, Optional.empty()));
    if (main == own.side()) {
      last = new Verdict(now, refusal);
    }
    return refusal;
  }

  /** The number of the role change that made this side main. */
  @Override
  public Optional<String> epoch(Side main) {
    try {
      return own.role().map(role -> Long.toUnsignedString(role.epoch()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Refusal> refusalNow(Side main) {
    forget();
    return refusal(main);
  }

  /** As the marks stand now, read anew. */
  Optional<String> words(Side main) {
    if (main != own.side()) {
      return Optional.of(
          "found a wish to mirror from %s at the NAS head of %s, wanted it at the one of %s: a mirror runs where its source is"
              .formatted(main, own.side(), main));
    }
    try {
      var source = own.role();
      var target = other.role();
      if (source.isEmpty() || source.get().role() != Role.MAIN) {
        return Optional.of(wrong(own, source, "main"));
      }
      if (target.isEmpty() || target.get().role() != Role.BACKUP) {
        return Optional.of(wrong(other, target, "backup"));
      }
      if (Long.compareUnsigned(target.get().epoch(), source.get().epoch()) > 0) {
        return Optional.of(
            "found volume %s made backup by role change %d, and %s main by the older %d, wanted no later change than that of main: the roles have moved on, see the pair's status"
                .formatted(other.side(), target.get().epoch(), own.side(), source.get().epoch()));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Forgets what was read before a mark was changed here. */
  void forget() {
    last = null;
  }

  private static String wrong(Volume volume, Optional<RoleMark> found, String wanted) {
    return "found volume %s %s, wanted it marked %s: set the roles of the pair first"
        .formatted(
            volume.side(),
            found
                .map(role -> "marked " + role.role() + " by change " + role.epoch())
                .orElse("unmarked"),
            wanted);
  }
}
