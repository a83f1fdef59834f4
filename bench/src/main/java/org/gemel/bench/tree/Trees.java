package org.gemel.bench.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.Timed;
import org.gemel.bench.process.Tool;

/** Whole trees compared, copied, removed, all by programs that are not Gemel. */
public final class Trees {
  private static final int SHOWN = 5;

  private final Timed timed;

  public Trees(Timed timed) {
    this.timed = timed;
  }

  /** The first differences, as rsync tells them when it reads every byte of both; or none. */
  public Optional<String> difference(Path from, Path to, Keeps keeps)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Tool.RSYNC.path());
    line.addAll(keeps.options());
    line.add(from + "/");
    line.add(to + "/");
    List<String> differences = timed.require(Launch.of(line)).lines().toList();
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        differences.size()
            + " differences, such as "
            + String.join(" | ", differences.stream().limit(SHOWN).toList()));
  }

  public void copy(Path from, Path to) throws IOException, InterruptedException {
    timed.require(Launch.of(Tool.CP.path(), "-a", "-T", from.toString(), to.toString()));
  }

  /** Removes a tree, if it is there. */
  public void remove(Path tree) throws IOException, InterruptedException {
    timed.require(Launch.of("rm", "-rf", "--one-file-system", "--", tree.toString()));
  }
}
