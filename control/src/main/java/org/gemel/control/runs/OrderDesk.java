package org.gemel.control.runs;

import java.time.Duration;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Outcome;

/**
 * Gives commands to devices and brings their outcomes back, over every interruption of the line.
 */
public interface OrderDesk {
  /**
   * Gives a command, as often as it takes for the device to have it, and waits for its outcome.
   *
   * @param command complete but for its acting epoch
   * @throws StepFailure if none comes in time
   */
  Outcome order(String device, Command command, Duration within)
      throws StepFailure, InterruptedException;

  /** The outcome of this command is journalled and will not be asked for again. */
  void seen(String device, String command);

  /** Commands given and not answered yet. */
  int pending();
}
