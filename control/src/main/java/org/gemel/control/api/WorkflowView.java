package org.gemel.control.api;

import java.util.List;

/** A workflow and its steps in order. */
public record WorkflowView(String name, String title, String purpose, List<Step> steps) {

  /** One step as it will be done. */
  public record Step(String key, String sentence, StepKind kind, String spec) {}
}
