package org.gemel.control.runs;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gemel.control.api.RunView;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.StepState;
import org.gemel.control.api.WorkflowView;

/** Runs and workflows as people see them. */
public final class RunViews {
  private final RunEngine engine;

  public RunViews(RunEngine engine) {
    this.engine = engine;
  }

  public RunView of(RunDocument run) {
    Optional<String> saying = engine.saying(run.id());
    return new RunView(
        run.id(),
        run.workflow(),
        run.title(),
        run.state(),
        run.automatic(),
        run.startedBy(),
        run.startedAt(),
        run.endedAt(),
        saying.map(s -> run.words() + " Now: " + s).orElse(run.words()),
        run.steps().stream().map(s -> step(run, s, saying)).toList());
  }

  private RunView.StepView step(RunDocument run, StepDocument step, Optional<String> saying) {
    boolean underWay = step.state() == StepState.BEGUN || step.state() == StepState.PERFORMED;
    boolean undoable =
        step.state() == StepState.DONE
            && step.kind() == StepKind.SYSTEM
            && !run.state().ended()
            && run.underWay().isEmpty()
            && engine.step(step.spec()).inverse().isPresent();
    return new RunView.StepView(
        step.key(),
        step.sentence(),
        step.kind(),
        step.spec().spec(),
        step.state(),
        step.attempt(),
        underWay && step.words().isEmpty() ? saying.orElse("") : step.words(),
        step.by(),
        step.begunAt(),
        step.endedAt(),
        step.kind() == StepKind.CONFIRMATION ? step.spec().arguments().get("overwritten") : null,
        undoable);
  }

  public WorkflowView of(Workflows.Workflow workflow) {
    List<StepSpec> specs = workflow.steps();
    return new WorkflowView(
        workflow.name(),
        workflow.title(),
        workflow.purpose(),
        IntStream.range(0, specs.size())
            .mapToObj(
                i -> {
                  Step step = engine.step(specs.get(i));
                  return new WorkflowView.Step(
                      "%02d-%s".formatted(i + 1, specs.get(i).type()),
                      step.sentence(),
                      step.kind(),
                      specs.get(i).spec());
                })
            .toList());
  }
}
