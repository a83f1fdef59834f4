package org.gemel.mirror;

/**
 * Imposes one tree on another, one way, 1:1. Needs no state from earlier passes: what differs is
 * found by looking.
 *
 * <p>The order is: guards, creates and updates, the guard on deletes, deletes, folders' own
 * metadata from the bottom up, and last everything to stable storage. Content that is wanted is
 * thus there before anything goes, and a pass that is killed at any point leaves every name with
 * its old or its new content.
 */
public final class TreeMirror {
  private TreeMirror() {}

  /**
   * Runs a pass on the calling thread. Failures of single entries, refusals and a requested stop
   * are in the report; nothing of that is thrown.
   */
  public static MirrorReport run(MirrorRequest request, MirrorListener listener) {
    return new Pass(request, listener).run();
  }
}
