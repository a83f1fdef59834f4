package org.gemel.mirror.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Swaps folders and files of a tree for symbolic links to a victim, and often back. */
final class Attacker {
  private final List<Path> preys;
  private final Path victim;
  private final Path den;
  private final Random random;
  private final Map<Path, Path> away = new HashMap<>();
  private int links;
  private int swaps;

  /**
   * @param preys what is swapped, each for a link to what the victim has under its last name, or to
   *     the victim itself
   * @param den a folder of its own on the same file system
   */
  Attacker(List<Path> preys, Path victim, Path den, Random random) {
    this.preys = preys;
    this.victim = victim;
    this.den = den;
    this.random = random;
  }

  /** How many swaps were done. */
  synchronized int swaps() {
    return swaps;
  }

  /** Swaps one away, or one that is away back. */
  synchronized void strike() {
    Path prey = preys.get(random.nextInt(preys.size()));
    if (Files.isSymbolicLink(prey.getParent())) {
      // Swapped itself before: this would reach the victim by the attacker's own hand.
      return;
    }
    try {
      Path other = away.remove(prey);
      if (other == null) {
        other = Files.createSymbolicLink(den.resolve("link" + links++), goal(prey));
        away.put(prey, other);
      }
      swaps += Libc.exchange(prey, other) ? 1 : 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path goal(Path prey) {
    Path alike = victim.resolve(prey.getFileName());
    return Files.exists(alike) ? alike : victim;
  }
}
