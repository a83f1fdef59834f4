package org.gemel.mirror;

import java.util.EnumSet;
import java.util.Set;
import org.gemel.mirror.remote.RemoteAbilities;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.TreePath;

/**
 * Says in what an entry differs from what a server has, as far as the server keeps it. Links'
 * targets and, where they are asked for, contents are compared elsewhere: they cost a question.
 */
final class RemoteDiffer {
  private final RemoteAbilities abilities;
  private final KeptTimes times;

  RemoteDiffer(RemoteAbilities abilities, KeptTimes times) {
    this.abilities = abilities;
    this.times = times;
  }

  Set<Aspect> compare(TreePath path, FileStatus from, RemoteEntry to) {
    if (from.type() != to.type()) {
      return EnumSet.of(Aspect.TYPE);
    }
    Set<Aspect> differing = EnumSet.noneOf(Aspect.class);
    if (from.type() == FileType.FILE && from.size() != to.size()) {
      differing.add(Aspect.SIZE);
    }
    if (differsInTime(path, from, to)) {
      differing.add(Aspect.TIME);
    }
    boolean hasMode = from.type() != FileType.SYMBOLIC_LINK && to.permissions() >= 0;
    if (abilities.permissions() && hasMode && from.permissions() != to.permissions()) {
      differing.add(Aspect.MODE);
    }
    return differing;
  }

  private boolean differsInTime(TreePath path, FileStatus from, RemoteEntry to) {
    return switch (from.type()) {
      case SYMBOLIC_LINK -> abilities.linkTimes() && differs(from, to);
      // What a server does not say of a folder is set when the folder is changed.
      case FOLDER -> abilities.folderTimes() && to.modified() != null && differs(from, to);
      default -> abilities.times() ? differs(from, to) : !times.isKnown(path, from);
    };
  }

  private boolean differs(FileStatus from, RemoteEntry to) {
    return !abilities.kept(from.modified()).equals(to.modified());
  }
}
