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
import org.gemel.core.Side;

/** The point of no return: a person names the side that everything after it may overwrite. */
public record Confirm(Side overwritten) implements Step {

  @Override
  public String sentence() {
    return "Point of no return: what follows overwrites %s with what %s has. Is nothing on %s needed any more?"
        .formatted(overwritten, overwritten.other(), overwritten);
  }

  @Override
  public StepKind kind() {
    return StepKind.CONFIRMATION;
  }

  @Override
  public List<Finding> check(Reality reality) {
    return List.of();
  }

  @Override
  public String perform(StepWork work) {
    return "Confirmed that " + overwritten + " may be overwritten.";
  }

  @Override
  public Proof verify(Reality reality) {
    return Proof.proven("Confirmed that " + overwritten + " may be overwritten.");
  }

  @Override
  public Optional<StepSpec> inverse() {
    return Optional.empty();
  }
}
