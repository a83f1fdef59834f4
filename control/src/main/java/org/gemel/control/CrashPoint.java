package org.gemel.control;

/**
 * Ends the process, as kill -9 would, right after an entry of a run's journal is durable. Tests set
 * the system property {@value #PROPERTY} to sweep over every place where a control point can die:
 *
 * <ul>
 *   <li>{@code every}: each process writes one entry and ends, so that a run crosses as many
 *       crashes as it has entries;
 *   <li>a number: the process ends after that many entries.
 * </ul>
 */
final class CrashPoint implements Runnable {
  static final String PROPERTY = "gemel.test.crash-after-journal-entry";
  private static final int AS_IF_KILLED = 137;

  private int entriesLeft;

  private CrashPoint(int entriesLeft) {
    this.entriesLeft = entriesLeft;
  }

  static Runnable fromSystemProperties() {
    String wanted = System.getProperty(PROPERTY);
    if (wanted == null) {
      return () -> {};
    }
    return new CrashPoint(wanted.equals("every") ? 1 : Integer.parseInt(wanted));
  }

  @Override
  public synchronized void run() {
    entriesLeft--;
    if (entriesLeft == 0) {
      Runtime.getRuntime().halt(AS_IF_KILLED);
    }
  }
}
