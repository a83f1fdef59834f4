package org.gemel.control.steps;

import java.util.List;
import java.util.Optional;
import org.gemel.control.api.StepKind;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.core.Component;
import org.gemel.core.Finding;

/**
 * A step of the folders, in a pair that may have none: where <em>neither</em> side has a NAS head
 * nothing is mirrored but the databases, and the workflows serve it all the same. One side without
 * is a gap in the catalogue, at which the step fails as ever.
 */
record WhereFolders(Step step) implements Step {
  private static final String NONE = "Neither side has a NAS head, so there are no folders.";

  static boolean none(Site site) {
    return site.carrying(Component.NAS_HEAD).isEmpty();
  }

  @Override
  public String sentence() {
    return step.sentence();
  }

  @Override
  public StepKind kind() {
    return step.kind();
  }

  @Override
  public boolean takesRoleEpoch() {
    return step.takesRoleEpoch();
  }

  @Override
  public Optional<String> nothingToDo(Site site) {
    return none(site) ? Optional.of(NONE) : step.nothingToDo(site);
  }

  @Override
  public List<Finding> check(Reality reality) {
    return none(reality.site()) ? List.of() : step.check(reality);
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    return none(work.site()) ? NONE : step.perform(work);
  }

  @Override
  public Proof verify(Reality reality) {
    return none(reality.site()) ? new Proof.Proven("") : step.verify(reality);
  }

  @Override
  public List<StepSpec> alsoDoneBy() {
    return step.alsoDoneBy();
  }

  @Override
  public Optional<StepSpec> inverse() {
    return step.inverse();
  }
}
