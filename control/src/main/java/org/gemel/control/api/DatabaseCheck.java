package org.gemel.control.api;

import java.time.Instant;
import java.util.List;
import org.gemel.core.Side;

/**
 * Whether a replication could be started, looked at now.
 *
 * @param from the side that would be copied
 * @param state {@code READY}, {@code BLOCKED}, or {@code UNKNOWN} where a side did not answer
 * @param words that in a sentence
 * @param findings the worst first
 */
public record DatabaseCheck(
    Side from, Instant at, String state, String words, List<DatabaseFinding> findings) {
  /**
   * One finding.
   *
   * @param check what was looked at, a fixed word
   * @param level {@code BLOCKER}, {@code WARNING} or {@code NOTE}
   * @param side where it was found, and where the commands run
   * @param subject the object's name as SQL writes it; empty for the server or database
   * @param commands the cure as SQL, a statement each; empty where a person must decide
   * @param restart the commands count only once that server was restarted
   */
  public record DatabaseFinding(
      String check,
      String level,
      Side side,
      String subject,
      String found,
      String wanted,
      String cure,
      List<String> commands,
      boolean restart) {}
}
