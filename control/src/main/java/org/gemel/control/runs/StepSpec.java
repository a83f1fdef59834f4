package org.gemel.control.runs;

import java.util.HashMap;
import java.util.Map;

/**
 * Which step, and of what: data, as workflows and journals hold it.
 *
 * @param type such as {@code stop-browse}
 * @param arguments such as {@code side: Y}
 * @param spec the line of the requirements that asks for it
 */
public record StepSpec(String type, Map<String, String> arguments, String spec) {
  /** The argument that names the preview that was approved. */
  public static final String APPROVED = "preview";

  /** The argument that names the list of what may be dropped. */
  public static final String DROP = "drop";

  /** The argument that names the list of what a whole server holds, which may be overwritten. */
  public static final String SERVER = "server";

  public StepSpec {
    arguments = Map.copyOf(arguments);
  }

  /** The same act, which may drop what that list names. */
  StepSpec dropping(String list) {
    Map<String, String> more = new HashMap<>(arguments);
    more.put(DROP, list);
    return new StepSpec(type, more, spec);
  }

  /** Whether it copies a database whole, and so may have to drop what only the other side has. */
  boolean startsReplication() {
    return type.equals("start-replication");
  }

  /** Whether it means the same act, wherever it stands, and by whomever it was approved. */
  boolean sameAct(StepSpec other) {
    return type.equals(other.type) && withoutApproval().equals(other.withoutApproval());
  }

  private Map<String, String> withoutApproval() {
    Map<String, String> act = new HashMap<>(arguments);
    act.remove(APPROVED);
    act.remove(DROP);
    act.remove(SERVER);
    return act;
  }
}
