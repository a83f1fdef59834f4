package org.gemel.control.steps;

import java.util.List;
import java.util.Optional;
import org.gemel.control.api.StepKind;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.Reality;
import org.gemel.core.Finding;

/** Something that a person does or looks at outside Gemel, and ticks. */
record ByHand(String sentence) implements Step {

  @Override
  public StepKind kind() {
    return StepKind.MANUAL;
  }

  @Override
  public List<Finding> check(Reality reality) {
    return List.of();
  }

  @Override
  public String perform(StepWork work) {
    return "";
  }

  @Override
  public Proof verify(Reality reality) {
    return Proof.proven("");
  }

  @Override
  public Optional<StepSpec> inverse() {
    return Optional.empty();
  }
}
