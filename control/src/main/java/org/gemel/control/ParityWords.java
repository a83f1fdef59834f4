package org.gemel.control;

import java.util.ArrayList;
import java.util.List;
import org.gemel.core.Side;
import org.gemel.database.preflight.Parity;

/** What a start would do to the backup's definitions, before it is confirmed. */
final class ParityWords {
  private static final int MOST = 100;

  private ParityWords() {}

  static List<String> sentences(Side from, Parity parity, String approved) {
    List<String> sentences = new ArrayList<>();
    List<String> altered =
        parity.changes().stream().flatMap(change -> change.commands().stream()).toList();
    if (!altered.isEmpty()) {
      sentences.add(
          "It gives %s the definitions of %s by %s."
              .formatted(from.other(), from, listed(altered)));
    }
    if (!parity.drops().isEmpty()) {
      List<String> drops = parity.drops().stream().map(Parity.Drop::command).toList();
      sentences.add(
          approved.equals(parity.hash())
              ? "It drops what only %s has, by %s.".formatted(from.other(), listed(drops))
              : "What only %s has it drops only with --drop %s, by %s."
                  .formatted(from.other(), parity.hash(), listed(drops)));
    }
    return sentences;
  }

  private static String listed(List<String> commands) {
    int more = commands.size() - MOST;
    return (commands.size() == 1 ? "1 command: " : commands.size() + " commands: ")
        + String.join("; ", commands.subList(0, Math.min(MOST, commands.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
