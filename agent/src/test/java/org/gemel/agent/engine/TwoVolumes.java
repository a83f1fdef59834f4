package org.gemel.agent.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The volumes of X and Y in a test's folder, with their marks; X is main. */
final class TwoVolumes {
  private TwoVolumes() {}

  static void make(Path folder) throws IOException {
    for (String side : List.of("X", "Y")) {
      Path volume = Files.createDirectory(folder.resolve(side));
      Files.writeString(
          volume.resolve(".gemel-volume"), "volume: v" + side + "\nside: " + side + "\n");
      Files.writeString(
          volume.resolve(".gemel-role"),
          "role: " + (side.equals("X") ? "main" : "backup") + "\nepoch: 5\n");
    }
    Files.createDirectory(folder.resolve("state"));
  }
}
