package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Goes through two trees side by side and tells what differs. */
final class ComparisonWalk {
  private final Scanner scanner;
  private final EntryDiffer differ;
  private final PassLog log;
  private final Consumer<Difference> differences;
  private final Map<FileIdentity, FileIdentity> secondOfFirst = new HashMap<>();
  private final Map<FileIdentity, FileIdentity> firstOfSecond = new HashMap<>();
  private long found;

  ComparisonWalk(ComparisonOptions options, PassLog log, Consumer<Difference> differences) {
    this.scanner = new Scanner(options.filters(), new OwnNames(options.marker()));
    this.differ = new EntryDiffer(options.content(), log::allowStop);
    this.log = log;
    this.differences = differences;
  }

  long found() {
    return found;
  }

  void folders(Folder one, Folder other) throws SystemCallException {
    FileStatus first = one.status();
    FileStatus second = other.status();
    tellUnlike(
        one.path(), differ.compareFolders(first, one.attributes(), second, other.attributes()));
    Listing left = list(one, first);
    Listing right = list(other, second);
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      int order =
          i == left.size()
              ? 1
              : j == right.size() ? -1 : left.table().compareNames(i, right.table(), j);
      Entry from = order <= 0 ? left.entry(i++) : null;
      Entry to = order >= 0 ? right.entry(j++) : null;
      log.allowStop();
      pair(one, from, other, to);
    }
  }

  private Listing list(Folder folder, FileStatus status) throws SystemCallException {
    Listing listing = scanner.list(folder, status);
    listing.failures().forEach(log::failed);
    return listing;
  }

  private void pair(Folder one, @Nullable Entry from, Folder other, @Nullable Entry to) {
    TreePath path = one.path().child((from != null ? from : requireNonNull(to)).name());
    boolean here = from != null && from.type().isMirrored();
    boolean there = to != null && (to.type().isMirrored() || from == null);
    if (from != null && !here) {
      log.skipped();
    }
    if (here && from != null) {
      saw(from, path);
    }
    try {
      if (here && there) {
        both(one, requireNonNull(from), other, requireNonNull(to), path);
      } else if (here) {
        tell(new Difference.OnlyInFirst(path));
      } else if (there) {
        tell(new Difference.OnlyInSecond(path));
      }
    } catch (IOException e) {
      log.failed(path, e);
    }
  }

  private void saw(Entry entry, TreePath path) {
    if (entry.type() == FileType.FOLDER) {
      log.sawFolder(path);
    } else {
      log.saw(1, entry.type() == FileType.FILE ? entry.status().size() : 0, path);
    }
  }

  private void both(Folder one, Entry from, Folder other, Entry to, TreePath path)
      throws IOException {
    if (from.type() == FileType.FOLDER && to.type() == FileType.FOLDER) {
      try (Folder left = one.open(from.name());
          Folder right = other.open(to.name())) {
        folders(left, right);
      }
      return;
    }
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    aspects.addAll(differ.compare(new LocalSourceFolder(one, scanner), from, other, to));
    if (!linkedAlike(from.status(), to.status())) {
      aspects.add(Aspect.HARD_LINKS);
    }
    tellUnlike(path, aspects);
  }

  /** Whether names that are one file in one tree are one file in the other, as far as seen. */
  private boolean linkedAlike(FileStatus from, FileStatus to) {
    if (from.links() < 2 && to.links() < 2) {
      return true;
    }
    FileIdentity second = secondOfFirst.putIfAbsent(from.identity(), to.identity());
    FileIdentity first = firstOfSecond.putIfAbsent(to.identity(), from.identity());
    return (second == null || second.equals(to.identity()))
        && (first == null || first.equals(from.identity()));
  }

  private void tellUnlike(TreePath path, Set<Aspect> aspects) {
    if (!aspects.isEmpty()) {
      tell(new Difference.Unlike(path, aspects));
    }
  }

  private void tell(Difference difference) {
    found++;
    differences.accept(difference);
  }
}
