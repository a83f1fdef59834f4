package org.gemel.agent.engine;

import static org.gemel.agent.command.Outcomes.done;
import static org.gemel.agent.command.Outcomes.failed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.gemel.mirror.Pauses;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.PauseFolders;
import org.gemel.wire.protocol.ResumeFolders;

/**
 * Pauses of the folder mirror. On disk first: what was said to be paused still is after a crash.
 * Starting the mirror ends them all, for a forgotten pause would leave the backup of a new main old
 * without anybody having wanted that.
 */
final class FolderPauses {
  private final FolderEngine engine;
  private final PauseFile file;
  private final InstantSource clock;

  FolderPauses(FolderEngine engine, Path stateFolder, InstantSource clock) {
    this.engine = engine;
    this.file = new PauseFile(stateFolder);
    this.clock = clock;
  }

  /**
   * Pauses what was paused before the agent ended.
   *
   * @throws IOException if nobody knows what that was
   */
  void restore() throws IOException {
    engine.pause(file.read());
  }

  Outcome.Builder pause(PauseFolders order) throws IOException {
    var profile = named(order.getProfile());
    var unknown = unknown(profile);
    if (unknown.isPresent()) {
      return failed(unknown.get());
    }
    put(engine.pauses().with(profile, clock.instant()));
    if (order.getNow()) {
      engine.endPaused();
    }
    boolean atWork =
        engine.status().profiles().stream()
            .anyMatch(each -> each.pausedSince().isPresent() && each.atWork().isPresent());
    return done(
        what(profile)
            + " is paused; "
            + (atWork ? "the pass at work goes on to its end." : "no pass of it is at work."));
  }

  Outcome.Builder resume(ResumeFolders order) throws IOException {
    var profile = named(order.getProfile());
    var unknown = unknown(profile);
    if (unknown.isPresent()) {
      return failed(unknown.get());
    }
    put(engine.pauses().without(profile));
    if (profile.isPresent() && engine.pauses().all().isPresent()) {
      return failed(
          "found the whole folder mirror paused since %s, wanted only single profiles: resume it without naming one"
              .formatted(engine.pauses().all().get()));
    }
    return done(what(profile) + " goes on.");
  }

  /** Nothing is paused any more. */
  void clear() throws IOException {
    put(Pauses.NONE);
  }

  private void put(Pauses pauses) throws IOException {
    if (!pauses.equals(engine.pauses())) {
      file.write(pauses);
      engine.pause(pauses);
    }
  }

  private Optional<String> unknown(Optional<String> profile) {
    return profile.flatMap(each -> FolderPart.unknownProfile(engine, each));
  }

  static Optional<String> named(String profile) {
    return profile.isEmpty() ? Optional.empty() : Optional.of(profile);
  }

  private static String what(Optional<String> profile) {
    return profile.map(each -> "Profile " + each).orElse("The folder mirror");
  }
}
