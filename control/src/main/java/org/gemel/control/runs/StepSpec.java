package org.gemel.control.runs;

import java.util.Map;

/**
 * Which step, and of what: data, as workflows and journals hold it.
 *
 * @param type such as {@code stop-browse}
 * @param arguments such as {@code side: Y}
 * @param spec the line of the requirements that asks for it
 */
public record StepSpec(String type, Map<String, String> arguments, String spec) {
  public StepSpec {
    arguments = Map.copyOf(arguments);
  }

  /** Whether it means the same act, wherever it stands. */
  boolean sameAct(StepSpec other) {
    return type.equals(other.type) && arguments.equals(other.arguments);
  }
}
