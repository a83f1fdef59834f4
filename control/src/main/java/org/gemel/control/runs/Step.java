package org.gemel.control.runs;

import java.util.List;
import java.util.Optional;
import org.gemel.control.api.StepKind;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.core.Finding;

/**
 * One step of a workflow.
 *
 * <p>{@link #perform} may be run again from its start after a crash, with the same {@link
 * StepWork}: it must give the same orders under the same labels, which the agents then answer from
 * their journals without acting twice. It therefore decides nothing from the state of the moment,
 * except through {@link StepWork#once}.
 */
public interface Step {
  /** What it does, in a sentence for people. */
  String sentence();

  default StepKind kind() {
    return StepKind.SYSTEM;
  }

  /** Whether it needs a {@link StepWork#roleEpoch}: drawing one costs a write before it begins. */
  default boolean takesRoleEpoch() {
    return true;
  }

  /**
   * Words, where this site has nothing that it concerns, now and whatever its devices report. Such
   * a step takes one entry in the journal and no time, of which clients may have none to lose.
   */
  default Optional<String> nothingToDo(Site site) {
    return Optional.empty();
  }

  /** What stands in the way, or is worth knowing, before it begins. Changes nothing. */
  List<Finding> check(Reality reality);

  /**
   * Acts.
   *
   * @return what was done, in words
   * @throws StepFailure in words for the operator, if it did not come about
   */
  String perform(StepWork work) throws StepFailure, InterruptedException;

  /** Reads reality again; only {@link Proof.Proven} makes a step done. */
  Proof verify(Reality reality);

  /** Acts of another name that bring about all that this one does, and so tick it. */
  default List<StepSpec> alsoDoneBy() {
    return List.of();
  }

  /** The step that takes this one back; empty where there is none. */
  Optional<StepSpec> inverse();
}
