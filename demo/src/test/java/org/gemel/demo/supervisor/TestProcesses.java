package org.gemel.demo.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs for supervisors to run in tests. */
public final class TestProcesses {
  private TestProcesses() {}

  /** A Java program of the tests' class path. */
  public static List<String> java(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static ChildSpec shell(String name, Path folder, String script, Restart restart, int phase) {
    return new ChildSpec(name, List.of("/bin/sh", "-c", script), Map.of(), folder, restart, phase);
  }
}
