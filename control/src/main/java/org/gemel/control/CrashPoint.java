package org.gemel.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Ends the process, as kill -9 would, right after an entry of a run's journal is durable, for as
 * long as the file named by the system property {@value #PROPERTY} exists: so a run crosses many
 * crashes, and a test sweeps over the places where a control point can die.
 *
 * <p>The file's first line has a seed and how many entries a process writes at most until it ends;
 * 1 sweeps over every entry. Each death adds a character.
 */
final class CrashPoint implements Runnable {
  static final String PROPERTY = "gemel.test.crash-at-journal-entries-while";
  private static final int AS_IF_KILLED = 137;

  private final Path file;
  private int left;

  private CrashPoint(Path file) {
    this.file = file;
  }

  static Runnable fromSystemProperties() {
    String file = System.getProperty(PROPERTY);
    return file == null ? () -> {} : new CrashPoint(Path.of(file));
  }

  @Override
  public synchronized void run() {
    try {
      String plan = Files.readString(file);
      if (left == 0) {
        left = entries(plan);
      }
      left--;
      if (left == 0) {
        Files.writeString(file, "x", StandardOpenOption.APPEND);
        Runtime.getRuntime().halt(AS_IF_KILLED);
      }
    } catch (NoSuchFileException nobodyTests) {
      left = 0;
    } catch (IOException e) {
      throw new UncheckedIOException("found the plan of crashes unreadable", e);
    }
  }

  /** How many entries this process lives for, by how many died before. */
  private static int entries(String plan) {
    String[] words = plan.lines().findFirst().orElse("").split(" ", -1);
    long seed = Long.parseLong(words[0]);
    return 1 + new Random(seed + plan.length()).nextInt(Integer.parseInt(words[1]));
  }
}
