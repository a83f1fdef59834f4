package org.gemel.mirror;

/**
 * Imposes one tree on another, one way, 1:1. Needs no state from earlier passes: what differs is
 * found by looking.
 *
 * <p>The order is: guards, creates, the guard on overwrites and deletes, overwrites, deletes,
 * folders' own metadata from the bottom up, and last everything to stable storage. Content that is
 * wanted is thus there before anything goes, and a pass that is killed at any point leaves every
 * name with its old or its new content.
 */
public final class TreeMirror {
  private TreeMirror() {}

  /**
   * Runs a pass on the calling thread and a few of its own; returns when it has ended. Failures of
   * single entries, refusals and a requested stop are in the report; nothing of that is thrown.
   */
  public static MirrorReport run(MirrorRequest request, MirrorListener listener) {
    return run(request, Suspects.NONE, listener);
  }

  /** Runs a pass that copies some files anew however equal they seem. */
  public static MirrorReport run(
      MirrorRequest request, Suspects suspects, MirrorListener listener) {
    return new Pass(request, suspects, listener).run();
  }

  /**
   * Runs a pass from a source that was opened elsewhere, whose place the request only names. The
   * source is closed.
   */
  public static MirrorReport run(
      MirrorRequest request, SourceTree source, MirrorListener listener) {
    return new Pass(request, Suspects.NONE, listener).run(source);
  }

  /** The same onto a target that is opened its own way, which the request likewise only names. */
  public static MirrorReport run(
      MirrorRequest request, SourceTree source, TargetOpening target, MirrorListener listener) {
    return new Pass(request, Suspects.NONE, listener).run(source, target);
  }
}
