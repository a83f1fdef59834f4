package org.gemel.control.runs;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Outcome;

/** What a step acts with. */
public interface StepWork {
  /** The devices of the site. */
  Site site();

  /**
   * What is true now, once all these devices have told it anew; only for what {@link #once} works
   * out. After a crash of the control point, a step goes on before its devices are back: a decision
   * must wait for them, for a device that has said nothing yet is not one that has nothing.
   *
   * @throws StepFailure if one of them tells nothing for too long
   */
  Reality reality(List<String> devices) throws StepFailure, InterruptedException;

  /** The epoch of the role change that this step makes; the same after a crash. */
  long roleEpoch();

  /** Puts a few words on the screen about where the step is. */
  void says(String words);

  /** Works something out once and journals it; after a crash, the journalled value is returned. */
  List<String> once(String name, Supplier<List<String>> workOut);

  /**
   * What {@link #once} journalled under this name in this attempt, or, for a name that begins with
   * {@code kept-}, in a failed attempt before it; empty if nothing.
   */
  List<String> recall(String name);

  /**
   * Orders one action and waits for its outcome.
   *
   * @param action a command with only its action set
   * @throws StepFailure if the outcome is a failure, or none comes in time
   */
  Outcome order(String device, Command.Builder action, Duration within)
      throws StepFailure, InterruptedException;

  /**
   * Orders actions of several devices at the same time; all must come about.
   *
   * @return what came of each, in the order of the orders
   */
  List<Outcome> orderAll(List<Order> orders, Duration within)
      throws StepFailure, InterruptedException;

  /** One action of one device. */
  record Order(String device, Command.Builder action) {}
}
