package org.gemel.agent.engine;

import java.util.List;
import java.util.function.Consumer;
import org.gemel.core.Side;
import org.gemel.mirror.FolderMirrorStatus;
import org.gemel.mirror.MirrorReport;

/**
 * What the agent needs of the mirror of its profiles; see {@link org.gemel.mirror.FolderMirror}.
 */
public interface FolderEngine {
  /** Begins to mirror by schedule; runs already: nothing changes. */
  void start(Side main);

  /** Ends it, and passes at work too; when it comes back none is. */
  void stop();

  List<String> profiles();

  /** One pass of a profile now, whether or not it runs. */
  MirrorReport pass(String profile, Side main, Consumer<String> stage);

  /** Never waits for a pass. */
  FolderMirrorStatus status();

  /** Stops for good. */
  void end();
}
