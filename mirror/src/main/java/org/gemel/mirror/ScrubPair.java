package org.gemel.mirror;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.system.FilePiece;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** The entry a scrub is at, which may take many steps if it is a long file. */
final class ScrubPair {
  /**
   * How far it is.
   *
   * @param bytes read now, of the first tree
   * @param file whether a file's content was read to its end
   */
  record Progress(long bytes, boolean done, boolean file, boolean unsettled) {
    ScrubState count(ScrubState state) {
      ScrubState counted = file ? state.fileRead() : state;
      return unsettled ? counted.notRead() : counted;
    }
  }

  private static final Progress DONE = new Progress(0, true, false, false);
  private static final Progress UNSETTLED = new Progress(0, true, false, true);

  private final ScrubLook look;
  private final ScrubFindings findings;
  private @Nullable TreePath reading;
  private Set<Aspect> aspects = Set.of();
  private long offset;

  ScrubPair(ScrubLook look, ScrubFindings findings) {
    this.look = look;
    this.findings = findings;
  }

  /** Looks at two folders themselves. */
  void outside(Folder one, Folder other, Instant now) throws IOException {
    Optional<Set<Aspect>> found = look.outside(one, other, now);
    if (found.isPresent() && !found.get().isEmpty()) {
      findings.differs(new Difference.Unlike(one.path(), found.get()), false);
    }
  }

  /** Looks at an entry, or reads the next piece of it. */
  Progress look(Folder one, Folder other, ScrubWalk.Pair pair, Instant now) {
    try {
      Entry from = mirrored(pair.from());
      Entry to = pair.to();
      if (from == null || to == null) {
        return lacking(one, other, new ScrubWalk.Pair(pair.path(), from, to), now);
      }
      if (!pair.path().equals(reading)) {
        Optional<Set<Aspect>> found = look.aspects(one, from, other, to, now);
        if (found.isEmpty()) {
          return UNSETTLED;
        }
        if (!ScrubLook.isReadable(from, to, found.get())) {
          tell(pair.path(), from, to, found.get());
          return DONE;
        }
        reading = pair.path();
        aspects = found.get();
        offset = 0;
      }
      return read(one, from, other, to, pair.path());
    } catch (IOException e) {
      reading = null;
      findings.failedUnlessGone(pair.path(), e);
      return DONE;
    }
  }

  private static @Nullable Entry mirrored(@Nullable Entry entry) {
    return entry != null && entry.type().isMirrored() ? entry : null;
  }

  private Progress lacking(Folder one, Folder other, ScrubWalk.Pair pair, Instant now)
      throws IOException {
    if (pair.from() == null && pair.to() == null) {
      return DONE;
    }
    if (look.lacking(one, other, pair, now) == ScrubLook.Verdict.DIFFERS) {
      findings.differs(ScrubLook.lacked(pair.path(), pair.from()), false);
    }
    return DONE;
  }

  private Progress read(Folder one, Entry from, Folder other, Entry to, TreePath path)
      throws IOException {
    long size = from.status().size();
    long piece = Math.min(FilePiece.BYTES, size - offset);
    ScrubLook.Verdict verdict = look.piece(one, from, other, to, offset);
    offset += piece;
    boolean end = verdict != ScrubLook.Verdict.ALIKE || offset >= size;
    if (!end) {
      return new Progress(piece, false, false, false);
    }
    reading = null;
    if (verdict == ScrubLook.Verdict.UNSETTLED) {
      return new Progress(piece, true, false, true);
    }
    Set<Aspect> all = EnumSet.noneOf(Aspect.class);
    all.addAll(aspects);
    if (verdict == ScrubLook.Verdict.DIFFERS) {
      all.add(Aspect.CONTENT);
    }
    tell(path, from, to, all);
    return new Progress(piece, true, true, false);
  }

  private void tell(TreePath path, Entry from, Entry to, Set<Aspect> found) {
    if (!found.isEmpty()) {
      boolean severalNames = from.status().links() > 1 || to.status().links() > 1;
      findings.differs(new Difference.Unlike(path, found), severalNames);
    }
  }
}
