package org.gemel.demo.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start another process of this same Gemel: the same Java, the same classes. */
final class GemelProcess {
  private static final String MAIN = "org.gemel.cli.Gemel";
  private static final String CLASSES_KEPT_READY = "gemel.aot";

  private GemelProcess() {}

  /**
   * A command line.
   *
   * @param memory the largest heap, such as {@code 96m}
   * @param options more options of the Java machine
   */
  static List<String> command(String memory, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:-UsePerfData");
    command.add("-Xss512k");
    command.add("-Xmx" + memory);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    String cache = System.getProperty(CLASSES_KEPT_READY);
    if (cache != null) {
      command.add("-XX:AOTCache=" + cache);
      command.add("-D" + CLASSES_KEPT_READY + "=" + cache);
    }
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN);
    command.addAll(List.of(arguments));
    return List.copyOf(command);
  }
}
