package org.gemel.database;

import java.util.List;
import java.util.Set;

/**
 * What would bring a backup that follows to main's form again.
 *
 * @param anew tables of main, quoted, whose rows are copied again: new ones, and those of which
 *     changes were or may have been missed
 * @param commands what is altered on the backup, as SQL
 * @param undecided what differs and can be cured only by a person, a sentence each
 */
public record HealPlan(Set<String> anew, List<String> commands, List<String> undecided) {
  public HealPlan {
    anew = Set.copyOf(anew);
    commands = List.copyOf(commands);
    undecided = List.copyOf(undecided);
  }

  /** Whether both sides are alike. */
  public boolean isNothing() {
    return anew.isEmpty() && commands.isEmpty() && undecided.isEmpty();
  }
}
