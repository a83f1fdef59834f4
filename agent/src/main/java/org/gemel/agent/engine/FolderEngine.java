package org.gemel.agent.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gemel.core.Side;
import org.gemel.mirror.ComparisonReport;
import org.gemel.mirror.Difference;
import org.gemel.mirror.EndedPass;
import org.gemel.mirror.FolderMirrorStatus;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.Pauses;

/**
 * What the agent needs of the mirror of its profiles; see {@link org.gemel.mirror.FolderMirror}.
 */
public interface FolderEngine {
  /** Begins to mirror by schedule; runs already: nothing changes. */
  void start(Side main);

  /** As {@link #start}, after a restart of the agent in the midst of it. */
  void resume(Side main);

  /** Ends it, and passes at work too; when it comes back none is. */
  void stop();

  Pauses pauses();

  /** From here on nothing begins by itself of what is paused. */
  void pause(Pauses wanted);

  /** Ends passes at work of what is paused; when it comes back none is. */
  void endPaused();

  List<String> profiles();

  /** One pass of a profile now, whether or not it runs. */
  MirrorReport pass(String profile, Side main, Consumer<String> stage);

  /** Compares the two sides of a profile, {@code first} as the first tree. */
  ComparisonReport compare(
      String profile,
      Side first,
      boolean content,
      Consumer<Difference> differences,
      BooleanSupplier stopRequested);

  /** The passes that ended last, newest first; of one profile, or of all. */
  List<EndedPass> history(Optional<String> profile, int limit);

  /** Never waits for a pass. */
  FolderMirrorStatus status();

  /** What is wrong besides what the status says; empty if nothing. */
  String trouble();

  /** Stops for good. */
  void end();
}
