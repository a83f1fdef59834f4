package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Goes through two trees side by side, or through one alone, on several threads, a folder at a
 * time, and tells what differs. Of what is equal nothing is kept but the digests of the folders at
 * work, so its memory grows with the differences and not with the tree.
 */
final class ComparisonWalk {
  private final ComparisonParts parts;
  private final PassLog log;
  private volatile byte @Nullable [] digest;

  ComparisonWalk(ComparisonParts parts) {
    this.parts = parts;
    this.log = parts.log();
  }

  /** Compares the roots and all below; closes neither. The second may be missing. */
  void run(Folder one, @Nullable Folder other) throws IOException {
    ComparedFolders roots = new ComparedFolders(null, one, other, log, made -> digest = made);
    parts.workers().submit(new Visit(roots));
    parts.workers().run();
    parts.links().judge(path -> unlike(path, Set.of(Aspect.HARD_LINKS)));
    parts.differences().flush();
  }

  /** The first tree's hash, as hexadecimal digits. */
  Optional<String> treeHash(Folder one) throws IOException {
    byte[] made = digest;
    return made == null
        ? Optional.empty()
        : Optional.of(
            HexFormat.of().formatHex(FolderDigest.ofTree(one.status(), one.attributes(), made)));
  }

  private void unlike(TreePath path, Set<Aspect> aspects) {
    if (!aspects.isEmpty()) {
      parts.differences().found(new Difference.Unlike(path, aspects));
    }
  }

  /** One pair of folders' turn. */
  private final class Visit implements Workers.Task, FolderVisit.Handler {
    private final @Nullable ComparedFolders parent;
    private final @Nullable Entry entry;
    private @Nullable ComparedFolders work;
    private @Nullable ContentBatch batch;
    private final List<Visit> below = new ArrayList<>();

    /** The roots'. */
    Visit(ComparedFolders roots) {
      this.parent = null;
      this.entry = null;
      this.work = roots;
    }

    /** A folder that both have; its parent has been retained for it. */
    Visit(ComparedFolders parent, Entry entry) {
      this.parent = parent;
      this.entry = entry;
    }

    @Override
    public void run() {
      try {
        log.allowStop();
        if (parent != null && entry != null) {
          work = open(parent, entry);
        }
        visit(requireNonNull(work));
      } catch (IOException e) {
        failed(path(), e);
      } finally {
        abandon();
      }
    }

    @Override
    public void abandon() {
      below.forEach(Visit::abandon);
      below.clear();
      if (batch != null) {
        batch.abandon();
        batch = null;
      }
      if (work != null) {
        work.release();
      } else if (parent != null) {
        parent.release();
      }
    }

    private TreePath path() {
      return parent == null || entry == null ? TreePath.ROOT : parent.path().child(entry.name());
    }

    private ComparedFolders open(ComparedFolders above, Entry folder) throws IOException {
      Folder one = above.one().open(folder.name());
      try {
        Folder second = above.other();
        Folder other = second == null ? null : second.open(folder.name());
        try {
          return new ComparedFolders(
              above,
              one,
              other,
              log,
              made -> requireNonNull(above.digest()).put(folder.name(), made));
        } catch (IOException | RuntimeException e) {
          if (other != null) {
            other.close();
          }
          throw e;
        }
      } catch (IOException | RuntimeException e) {
        one.close();
        throw e;
      }
    }

    private void visit(ComparedFolders opened) throws IOException {
      Listing left = note(parts.scanner().list(opened.one(), opened.first()));
      if (parts.options().treeHash()) {
        opened.digest(new FolderDigest(left, opened.one(), parts.options().content()));
      }
      Folder other = opened.other();
      if (other == null) {
        alone(left, opened.path());
      } else {
        var second = requireNonNull(opened.second());
        unlike(
            opened.path(),
            parts
                .differ()
                .compareFolders(
                    opened.first(), opened.one().attributes(), second, other.attributes()));
        Listing right = note(parts.scanner().list(other, second));
        new FolderVisit(parts.options().content(), log, this)
            .compare(left, right, EntryTable.EMPTY, opened.path());
      }
      submitBatch();
      // The newest goes first: so they are handed on from the last to the first.
      below.reversed().forEach(parts.workers()::submit);
      below.clear();
    }

    private Listing note(Listing listing) {
      listing.failures().forEach(log::failed);
      return listing;
    }

    private void alone(Listing listing, TreePath folder) {
      EntryTable table = listing.table();
      for (int row = 0; row < table.size(); row++) {
        FileType type = table.type(row);
        boolean read = type == FileType.FILE && parts.options().content();
        if (!read && type != FileType.FOLDER && type.isMirrored()) {
          log.saw(1, type == FileType.FILE ? table.bytes(row) : 0, folder);
          continue;
        }
        Entry from = listing.entry(row);
        TreePath path = folder.child(from.name());
        if (!type.isMirrored()) {
          log.skipped();
        } else if (type == FileType.FOLDER) {
          descend(from, path);
        } else {
          log.saw(1, table.bytes(row), path);
          read(new ContentBatch.Pair(from, null, Set.of()));
        }
      }
    }

    private void descend(Entry folder, TreePath path) {
      log.sawFolder(path);
      ComparedFolders opened = requireNonNull(work);
      opened.retain();
      below.add(new Visit(opened, folder));
    }

    @Override
    public void folder(Entry from, @Nullable Entry to, TreePath path) {
      if (to != null && to.type() == FileType.FOLDER) {
        descend(from, path);
        return;
      }
      log.sawFolder(path);
      parts
          .differences()
          .found(
              to == null || !to.type().isMirrored()
                  ? new Difference.OnlyInFirst(path)
                  : new Difference.Unlike(path, Set.of(Aspect.TYPE)));
    }

    @Override
    public void other(@Nullable Entry from, @Nullable Entry to, TreePath path, boolean mayDelete) {
      boolean here = from != null && from.type().isMirrored();
      boolean there = to != null && (to.type().isMirrored() || from == null);
      if (from != null && !here) {
        log.skipped();
      }
      if (from != null && here) {
        log.saw(1, from.type() == FileType.FILE ? from.status().size() : 0, path);
      }
      if (here && there) {
        both(requireNonNull(from), requireNonNull(to), path);
      } else if (here) {
        parts.differences().found(new Difference.OnlyInFirst(path));
      } else if (there) {
        parts.differences().found(new Difference.OnlyInSecond(path));
      }
    }

    private void both(Entry from, Entry to, TreePath path) {
      ComparedFolders opened = requireNonNull(work);
      try {
        Folder other = requireNonNull(opened.other());
        LocalSourceFolder source = new LocalSourceFolder(opened.one(), parts.scanner());
        Set<Aspect> aspects = parts.differ().compare(source, from, other, to);
        parts.links().add(path, from.status(), to.status());
        boolean read =
            parts.options().content()
                && from.type() == FileType.FILE
                && !aspects.contains(Aspect.TYPE)
                && !aspects.contains(Aspect.SIZE);
        if (read) {
          read(new ContentBatch.Pair(from, to, aspects));
        } else {
          unlike(path, aspects);
        }
      } catch (IOException e) {
        failed(path, e);
      }
    }

    private void read(ContentBatch.Pair pair) {
      ContentBatch filling = batch;
      if (filling == null) {
        filling = new ContentBatch(requireNonNull(work), parts, ComparisonWalk.this::unlike);
        batch = filling;
      }
      if (filling.add(pair)) {
        submitBatch();
      }
    }

    private void submitBatch() {
      ContentBatch full = batch;
      batch = null;
      if (full == null) {
        return;
      }
      if (parts.workers().isBusy()) {
        full.run();
      } else {
        parts.workers().submit(full);
      }
    }
  }

  private void failed(TreePath path, IOException e) {
    if (Errno.is(e, Errno.ENOENT)) {
      log.failed(path, "vanished while the trees were compared; compare again");
    } else {
      log.failed(path, e);
    }
  }
}
