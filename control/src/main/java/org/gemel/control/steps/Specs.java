package org.gemel.control.steps;

import java.util.HashMap;
import java.util.Map;
import org.gemel.control.runs.StepSpec;

/** Writes steps as data. */
public final class Specs {
  private Specs() {}

  /**
   * A step with its arguments as name, value, name, value; an empty value leaves its argument out.
   */
  public static StepSpec of(String type, String... arguments) {
    if (arguments.length % 2 != 0) {
      throw new IllegalArgumentException("found a name without a value, wanted pairs");
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i + 1].isEmpty()) {
        named.put(arguments[i], arguments[i + 1]);
      }
    }
    return new StepSpec(type, named, "");
  }
}
