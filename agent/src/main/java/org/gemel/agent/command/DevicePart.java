package org.gemel.agent.command;

import java.util.Optional;
import java.util.Set;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Command.ActionCase;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;

/** A part of a device: carries out some kinds of command, and tells its own state. */
public interface DevicePart {
  /** The kinds of command this part carries out; no other part of the device has them. */
  Set<ActionCase> actions();

  /**
   * Commands of the same lane are carried out one after the other, in the order they came. Empty
   * for those that only read or wait: they run beside everything else.
   */
  Optional<String> lane(ActionCase action);

  /** The same, where commands of one kind are not all alike. */
  default Optional<String> lane(Command command) {
    return lane(command.getActionCase());
  }

  /**
   * Carries a command out; it may have been begun before and cut off anywhere, so this looks first
   * at what is already true.
   *
   * @return whether it was done, and words; the command's id is filled in by the caller
   * @throws InterruptedException when the agent ends; the command then counts as begun
   */
  Outcome.Builder perform(Command command, Stages stages) throws InterruptedException;

  /** Adds what is true of this part now, read anew. Comes back within a second or so. */
  void report(Report.Builder report) throws InterruptedException;
}
