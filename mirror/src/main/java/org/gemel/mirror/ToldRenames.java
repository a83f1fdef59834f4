package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.watch.Hint;
import org.gemel.mirror.watch.RenamePlan;
import org.jspecify.annotations.Nullable;

/**
 * Renames on the target what is said to have been renamed on the source. A file is believed if the
 * target's is still what the source's is; a folder if it left its old name, and is looked through
 * afterwards unless its own time says that nothing in it was renamed, made or removed since. What
 * cannot be renamed is looked at under both its names.
 */
final class ToldRenames {
  private final Scanner scanner;
  private final SourceFolder source;
  private final Folder target;
  private final PassLog log;
  private final TemporaryNames temporaries = new TemporaryNames();

  ToldRenames(Scanner scanner, SourceFolder source, Folder target, PassLog log) {
    this.scanner = scanner;
    this.source = source;
    this.target = target;
    this.log = log;
  }

  /**
   * @param look is to be called for each place that has to be looked at
   * @param lookThrough likewise for folders with all below them
   */
  void follow(List<Hint.Renamed> renames, Consumer<TreePath> look, Consumer<TreePath> lookThrough) {
    List<Hint.Renamed> believed = new ArrayList<>();
    Map<Hint.Renamed, FileIdentity> sure = new HashMap<>();
    for (Hint.Renamed each : renames) {
      look.accept(each.from());
      look.accept(each.to());
      if (isBelieved(each, sure)) {
        believed.add(each);
      }
    }
    Map<Integer, EntryName> aside = new HashMap<>();
    for (RenamePlan.Step step : RenamePlan.of(believed).steps()) {
      carryOut(step, aside);
    }
    for (EntryName left : aside.values()) {
      // What could not be put where it belongs is copied there.
      discard(left);
    }
    for (Hint.Renamed each : believed) {
      if (isThere(each.to())) {
        log.renamed(each.to(), each.from());
      }
    }
    for (Hint.Renamed each : renames) {
      if (isFolder(each.from())) {
        // A new one by the old name; if the old one is still there on the target, all differs.
        lookThrough.accept(each.from());
      }
      // Another folder than the one that had this name, so all in it may differ.
      if (isFolder(each.to()) && !isSame(sure.get(each), each.to())) {
        lookThrough.accept(each.to());
      }
    }
  }

  private boolean isFolder(TreePath path) {
    try {
      return status(source, path).type() == FileType.FOLDER;
    } catch (IOException gone) {
      return false;
    }
  }

  private boolean isSame(@Nullable FileIdentity moved, TreePath to) {
    try {
      return moved != null && status(to).identity().equals(moved);
    } catch (IOException notThere) {
      return false;
    }
  }

  /**
   * @param sure gets the target's folder if nothing in it can have changed with the rename
   */
  private boolean isBelieved(Hint.Renamed each, Map<Hint.Renamed, FileIdentity> sure) {
    try {
      FileStatus now = status(source, each.to());
      if (scanner.leavesAlone(each.from(), now.type())
          || scanner.leavesAlone(each.to(), now.type())) {
        // One end is none of ours: the other is a new thing, or one less.
        return false;
      }
      FileStatus before = status(each.from());
      if (now.type() == FileType.FOLDER && now.modified().equals(before.modified())) {
        sure.put(each, before.identity());
      }
      return isBelieved(now, before);
    } catch (IOException notThere) {
      // One end is gone again, or was never mirrored: what is there is looked at.
      return false;
    }
  }

  private static boolean isBelieved(FileStatus now, FileStatus before) {
    return switch (now.type()) {
      case FOLDER -> before.type() == FileType.FOLDER;
      case FILE ->
          before.type() == FileType.FILE
              && now.size() == before.size()
              && now.modified().equals(before.modified());
      default -> false;
    };
  }

  private void carryOut(RenamePlan.Step step, Map<Integer, EntryName> aside) {
    switch (step) {
      case RenamePlan.Step.Move move -> move(move.from(), move.to());
      case RenamePlan.Step.TakeAside take -> {
        EntryName temporary = temporaries.next();
        if (move(take.from(), TreePath.ROOT.child(temporary))) {
          aside.put(take.number(), temporary);
        }
      }
      case RenamePlan.Step.Put put -> {
        EntryName temporary = aside.get(put.number());
        if (temporary != null && move(TreePath.ROOT.child(temporary), put.to())) {
          aside.remove(put.number());
        }
      }
    }
  }

  private void discard(EntryName temporary) {
    try {
      TemporarySweep.sweep(target, temporary);
    } catch (IOException e) {
      log.failed(TreePath.ROOT.child(temporary), e);
    }
  }

  /** Renames; what cannot be renamed stays where it is and is copied. */
  private boolean move(TreePath from, TreePath to) {
    try {
      rename(from, to);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void rename(TreePath from, TreePath to) throws IOException {
    EntryName name = from.names().getLast();
    EntryName newName = to.names().getLast();
    try (Folder old = target.descend(from.parent());
        Folder into = target.descend(to.parent())) {
      boolean file = old.status(name).type() == FileType.FILE;
      if (file && into.has(newName) && into.status(newName).type() == FileType.FILE) {
        old.changes().moveOver(name, into, newName);
      } else {
        old.changes().moveTo(name, into, newName);
      }
    }
  }

  private static FileStatus status(SourceFolder root, TreePath path) throws IOException {
    try (SourceFolder parent = root.descend(path.parent())) {
      return parent.status(path.names().getLast());
    }
  }

  private FileStatus status(TreePath path) throws IOException {
    try (Folder parent = target.descend(path.parent())) {
      return parent.status(path.names().getLast());
    }
  }

  private boolean isThere(TreePath path) {
    try {
      return status(path).links() > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
