package org.gemel.agent.kept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.config.kept.KeptFile;
import org.gemel.config.kept.KeptMachine;
import org.gemel.config.kept.MachineKind;

/**
 * The files a device is configured by: the agent's own, the variants of its services, and what its
 * file names besides under {@code keep}.
 *
 * @param start the agent's file
 */
public record OwnFiles(String device, Path start, List<Path> others) {
  /** Those of the device an agent's file describes. */
  public static OwnFiles of(Path file, AgentConfiguration configuration) {
    var others = new LinkedHashSet<Path>();
    for (var service : configuration.services()) {
      service
          .variants()
          .ifPresent(
              variants -> {
                others.add(variants.active());
                others.addAll(variants.sides().values().stream().sorted().toList());
              });
    }
    others.addAll(configuration.keep());
    var start = file.toAbsolutePath().normalize();
    others.remove(start);
    return new OwnFiles(configuration.device(), start, List.copyOf(others));
  }

  /**
   * What was read, and what could not be.
   *
   * @param trouble words; empty if everything was read
   */
  record Reading(KeptMachine machine, String trouble) {}

  /**
   * Reads them. A further file that cannot be read is left out and told: a replacement with all but
   * one of its files is better than none.
   *
   * @throws IOException in words, if the agent's own file cannot be read
   */
  Reading read() throws IOException {
    var files = new ArrayList<KeptFile>();
    files.add(KeptFile.of(start));
    var changed = modified(start);
    var trouble = new StringBuilder();
    for (var other : others) {
      try {
        files.add(KeptFile.of(other));
        var at = modified(other);
        changed = at.isAfter(changed) ? at : changed;
      } catch (IOException unread) {
        trouble.append(trouble.isEmpty() ? "" : "; ").append(unread);
      }
    }
    return new Reading(
        new KeptMachine(device, MachineKind.AGENT, changed, files), trouble.toString());
  }

  private static Instant modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }
}
