package org.gemel.demo.supervisor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to run one child.
 *
 * @param name names its log and pid file: lower-case letters, digits and hyphens
 * @param command program and arguments
 * @param environment added to that of the supervisor
 * @param workingFolder an existing folder
 * @param restart what happens when it ends by itself
 * @param phase children of one phase are ended side by side, higher phases first
 */
public record ChildSpec(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path workingFolder,
    Restart restart,
    int phase) {
  public ChildSpec {
    if (!name.matches("[a-z0-9][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "found child name '" + name + "', wanted lower-case letters, digits and hyphens");
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
