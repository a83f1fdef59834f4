package org.gemel.mirror;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gemel.mirror.remote.RemoteAbilities;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;

/** Counts what a server cannot keep, to say each once instead of failing at every file. */
final class NotKept {
  private enum What {
    ATTRIBUTES("extended attributes or access control lists of %d entries"),
    HARD_LINKS("that %d files have several names: each name is a file of its own there"),
    HOLES("the holes of %d files: they take up their whole size there"),
    LINKS("%d symbolic links: the protocol has none"),
    LINK_TIMES("the times of %d symbolic links"),
    SPECIAL("%d FIFOs, sockets and devices");

    private final String words;

    What(String words) {
      this.words = words;
    }
  }

  private final Map<What, Long> counts = new EnumMap<>(What.class);
  private final List<String> others = new ArrayList<>();

  private synchronized void count(What what) {
    counts.merge(what, 1L, Long::sum);
  }

  /** Notes what of an entry does not arrive. */
  void note(FileStatus entry, int attributeBytes, RemoteAbilities abilities) {
    if (!entry.type().isMirrored()) {
      count(What.SPECIAL);
      return;
    }
    if (attributeBytes > 0) {
      count(What.ATTRIBUTES);
    }
    if (entry.type() == FileType.SYMBOLIC_LINK) {
      if (!abilities.symbolicLinks()) {
        count(What.LINKS);
      } else if (!abilities.linkTimes()) {
        count(What.LINK_TIMES);
      }
    }
    if (entry.type() == FileType.FILE && entry.links() > 1) {
      count(What.HARD_LINKS);
    }
    // A tail shorter than a block, and small files kept with their inode, are no holes.
    if (entry.type() == FileType.FILE
        && entry.size() > 1 << 20
        && entry.allocated() < entry.size() / 2) {
      count(What.HOLES);
    }
  }

  /** Something to be said once. */
  synchronized void remark(String words) {
    if (!others.contains(words)) {
      others.add(words);
    }
  }

  synchronized List<String> remarks() {
    List<String> all = new ArrayList<>();
    counts.forEach((what, count) -> all.add("not kept: " + what.words.formatted(count)));
    all.addAll(others);
    return all;
  }
}
