package org.gemel.mirror;

/**
 * What a pass saw and did.
 *
 * @param files regular files and symbolic links of the source
 * @param directories folders of the source, its root not counted
 * @param bytes the sizes of the source's regular files together
 * @param metadata entries of which only mode, owner, time or attributes changed
 * @param deleted entries, folders included
 * @param skipped FIFOs, sockets and devices of the source
 * @param bytesMoved bytes of content written to the target
 * @param swept temporary files of ended passes that were removed
 * @param salvaged entries that went, or were overwritten, and are in the salvage area
 * @param foreign entries of the target that others had changed, as far as an index can tell
 */
public record Counts(
    long files,
    long directories,
    long bytes,
    long created,
    long updated,
    long renamed,
    long metadata,
    long deleted,
    long skipped,
    long failed,
    long bytesMoved,
    long swept,
    long salvaged,
    long foreign) {

  /** Of a pass that has done nothing. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Whether the target was changed. */
  public boolean changedAnything() {
    return created + updated + renamed + metadata + deleted > 0;
  }

  /**
   * Adds a later pass: what was done is added up.
   *
   * @param whole whether the later one looked at everything, and so says what the trees hold; if
   *     not, this one does
   */
  public Counts then(Counts later, boolean whole) {
    Counts held = whole ? later : this;
    return new Counts(
        held.files,
        held.directories,
        held.bytes,
        created + later.created,
        updated + later.updated,
        renamed + later.renamed,
        metadata + later.metadata,
        deleted + later.deleted,
        held.skipped,
        held.failed,
        bytesMoved + later.bytesMoved,
        swept + later.swept,
        salvaged + later.salvaged,
        foreign + later.foreign);
  }
}
