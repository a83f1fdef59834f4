package org.gemel.mirror;

import java.util.Set;
import java.util.stream.Collectors;
import org.gemel.mirror.system.TreePath;

/** Something in which two trees differ. */
public sealed interface Difference {
  TreePath path();

  /** The line for a person, control characters escaped. */
  String line();

  /** Only the first tree has it; what lies below is not listed on its own. */
  record OnlyInFirst(TreePath path) implements Difference {
    @Override
    public String line() {
      return "only in A: " + path;
    }
  }

  /** Only the second tree has it; what lies below is not listed on its own. */
  record OnlyInSecond(TreePath path) implements Difference {
    @Override
    public String line() {
      return "only in B: " + path;
    }
  }

  /** Both have it, not alike. */
  record Unlike(TreePath path, Set<Aspect> aspects) implements Difference {
    public Unlike {
      aspects = Set.copyOf(aspects);
    }

    @Override
    public String line() {
      return aspects.stream().sorted().map(Aspect::words).collect(Collectors.joining(", "))
          + " differs: "
          + path;
    }
  }
}
