package org.gemel.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Large files of the target that are between two contents: copies that were not finished, and files
 * that were put aside to be patched in place. The name such a file has meanwhile says which one it
 * will get, so that nothing else has to be remembered: a sweep keeps it, and the pass that brings
 * that name goes on with it. What it holds is read before a byte of it is trusted.
 *
 * <p>It goes only when its final name is there again, or when the source has no such name any more.
 */
final class TornFiles {
  private static final String PATCHED = "torn";
  private static final String COPY = "part";
  private static final Pattern FORM =
      Pattern.compile("\\.gemel-tmp-[0-9a-f]{16}-(torn|part)-[0-9a-f]+-(.+)", Pattern.DOTALL);
  private static final int LONGEST = 255;

  private final Map<TreePath, EntryName> files = new ConcurrentHashMap<>();

  /** A name for a file that is put aside; nothing if its own is too long to be part of it. */
  static Optional<EntryName> name(TemporaryNames temporaries, EntryName of) {
    return name(temporaries, PATCHED, of);
  }

  /** A name for a copy that is begun. */
  static EntryName copyName(TemporaryNames temporaries, EntryName of) {
    return name(temporaries, COPY, of).orElseGet(temporaries::next);
  }

  /** Whether a file that was put aside is no more than an unfinished copy. */
  static boolean isCopy(EntryName temporary) {
    Matcher form = FORM.matcher(new String(temporary.bytes(), StandardCharsets.ISO_8859_1));
    return form.matches() && form.group(1).equals(COPY);
  }

  private static Optional<EntryName> name(TemporaryNames temporaries, String word, EntryName of) {
    byte[] start = (temporaries.next(word) + "-").getBytes(StandardCharsets.US_ASCII);
    byte[] end = of.bytes();
    if (start.length + end.length > LONGEST) {
      return Optional.empty();
    }
    byte[] whole = new byte[start.length + end.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(end, 0, whole, start.length, end.length);
    return Optional.of(EntryName.of(whole));
  }

  /** The name a file will have that was put aside. */
  static Optional<EntryName> finalName(EntryName temporary) {
    Matcher form = FORM.matcher(new String(temporary.bytes(), StandardCharsets.ISO_8859_1));
    return form.matches() && !form.group(2).equals(".") && !form.group(2).equals("..")
        ? Optional.of(EntryName.of(form.group(2).getBytes(StandardCharsets.ISO_8859_1)))
        : Optional.empty();
  }

  /**
   * Notes what a sweep has met.
   *
   * @return false if it is nothing to be kept
   */
  boolean keep(Folder folder, EntryName temporary) throws IOException {
    Optional<EntryName> name = finalName(temporary);
    if (name.isEmpty()) {
      return false;
    }
    try {
      return folder.status(temporary).type() == FileType.FILE
          && files.putIfAbsent(folder.path().child(name.get()), temporary) == null;
    } catch (IOException e) {
      if (Errno.is(e, Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  void note(TreePath path, EntryName temporary) {
    files.put(path, temporary);
  }

  @Nullable EntryName of(TreePath path) {
    return files.get(path);
  }

  void forget(TreePath path) {
    files.remove(path);
  }

  /**
   * Removes what nobody will go on with: a copy that a whole pass without failures had no use for,
   * whatever has its name again, and where deletes are wanted what has none in the source.
   */
  void settle(
      SourceFolder source, Folder target, DeletePolicy deletes, LeftFolders left, PassLog log) {
    boolean allBrought = log.counts().failed() == 0;
    files.forEach(
        (path, temporary) -> {
          try (Folder folder = target.descend(path.parent())) {
            boolean unwanted = allBrought && isCopy(temporary);
            if ((unwanted
                    || folder.has(path.names().getLast())
                    || (deletes.removes() && isGone(source, path)))
                && TemporarySweep.sweep(folder, temporary)) {
              log.swept();
              left.note(path.parent());
            }
          } catch (IOException e) {
            // Where its folder went, it went too.
            if (!Errno.is(e, Errno.ENOENT) && !Errno.is(e, Errno.ENOTDIR)) {
              log.failed(path.parent().child(temporary), e);
            }
          }
        });
  }

  private static boolean isGone(SourceFolder source, TreePath path) throws IOException {
    try (SourceFolder folder = source.descend(path.parent())) {
      return folder.status(path.names().getLast()).type() != FileType.FILE;
    } catch (IOException e) {
      if (Errno.is(e, Errno.ENOENT) || Errno.is(e, Errno.ENOTDIR) || Errno.is(e, Errno.ELOOP)) {
        return true;
      }
      throw e;
    }
  }
}
