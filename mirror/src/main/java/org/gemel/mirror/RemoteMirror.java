package org.gemel.mirror;

import org.gemel.mirror.remote.RemoteSettings;
import org.gemel.mirror.remote.RemoteTarget;

/**
 * Imposes a tree on a folder of a server, with what the server's protocol allows. The order of
 * things and the guards are those of {@link TreeMirror}; what is written is complete under a
 * temporary name before it gets its own.
 */
public final class RemoteMirror {
  private RemoteMirror() {}

  /**
   * Runs a pass on the calling thread and one for each further stream. Failures of single entries,
   * refusals and a lost connection are in the report.
   *
   * @param request its target is only named, in words for a person
   */
  public static RemoteReport run(
      MirrorRequest request,
      RemoteTarget target,
      RemoteSettings settings,
      MirrorListener listener) {
    return new RemotePass(request, target, settings, listener).run();
  }

  /** The same from a source that was opened elsewhere; it is closed. */
  public static RemoteReport run(
      MirrorRequest request,
      SourceTree source,
      RemoteTarget target,
      RemoteSettings settings,
      MirrorListener listener) {
    return new RemotePass(request, target, settings, listener).run(source);
  }
}
