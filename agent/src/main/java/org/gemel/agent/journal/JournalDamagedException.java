package org.gemel.agent.journal;

import java.io.IOException;

/**
 * The journal is damaged where no crash can have damaged it. It is not repaired: what would be cut
 * off may be the memory of a command that was done.
 */
public final class JournalDamagedException extends IOException {
  JournalDamagedException(String words) {
    super(words);
  }
}
