package org.gemel.agent.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.gemel.wire.protocol.Command;

/** A process that journals until it is killed, and says each time what it was promised. */
final class JournallingChild {
  private JournallingChild() {}

  public static void main(String[] arguments) throws IOException {
    try (CommandJournal journal = new CommandJournal(Path.of(arguments[0]), 4_096)) {
      String round = arguments[1];
      for (Command left : journal.unfinished()) {
        journal.finish(Commands.done(left.getId()));
        say("finished " + left.getId());
      }
      for (int i = 0; ; i++) {
        String id = round + "-" + i;
        journal.begin(Commands.start(id, Long.parseLong(round), "player"));
        say("begun " + id);
        journal.finish(Commands.done(id));
        say("finished " + id);
        if (i % 3 != 0) {
          journal.forget(id);
          say("forgotten " + id);
        }
      }
    }
  }

  private static void say(String line) {
    System.out.print(line + "\n");
    System.out.flush();
  }
}
