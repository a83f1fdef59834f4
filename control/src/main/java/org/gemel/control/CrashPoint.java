package org.gemel.control;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ends the process, as kill -9 would, right after an entry of a run's journal is durable, for as
 * long as the file named by the system property {@value #PROPERTY} exists. Each process then writes
 * one entry and ends, so that a run crosses as many crashes as it has entries: a test sweeps over
 * every place where a control point can die.
 */
final class CrashPoint implements Runnable {
  static final String PROPERTY = "gemel.test.crash-at-journal-entries-while";
  private static final int AS_IF_KILLED = 137;

  private final Path file;

  private CrashPoint(Path file) {
    this.file = file;
  }

  static Runnable fromSystemProperties() {
    String file = System.getProperty(PROPERTY);
    return file == null ? () -> {} : new CrashPoint(Path.of(file));
  }

  @Override
  public void run() {
    if (Files.exists(file)) {
      Runtime.getRuntime().halt(AS_IF_KILLED);
    }
  }
}
