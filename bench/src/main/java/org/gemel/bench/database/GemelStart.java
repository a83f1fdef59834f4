package org.gemel.bench.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.gemel.bench.process.Outcome;
import org.gemel.bench.process.Timed;
import org.gemel.bench.tree.Trees;

/**
 * Gemel's start, as a person gives it; definitions and all, and the command's own start.
 *
 * @param options of the command
 */
public record GemelStart(
    GemelPair pair, Timed timed, Path scratch, String name, List<String> options)
    implements Copier {
  /** Row by row, as to any server. */
  public static final String NAME = "gemel database start";

  private static final String PHYSICAL = "--physical";

  public static GemelStart rows(GemelPair pair, Timed timed, Path scratch) {
    return new GemelStart(pair, timed, scratch, NAME, List.of());
  }

  /** By a copy of main's whole server. */
  public static GemelStart physical(GemelPair pair, Timed timed, Path scratch) {
    return new GemelStart(pair, timed, scratch, NAME + " " + PHYSICAL, List.of(PHYSICAL));
  }

  @Override
  public boolean gemel() {
    return true;
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    pair.wake();
    pair.markBackup();
  }

  @Override
  public void copy() throws IOException, InterruptedException {
    Outcome outcome = timed.run(pair.start(scratch, options.toArray(String[]::new)));
    if (outcome.exit() != 0) {
      throw new IOException(
          name + " failed, " + outcome.exit() + ": " + outcome.out() + outcome.err());
    }
  }

  /** The rest is the command's own start, and its looks at the run. */
  @Override
  public String account() throws IOException, InterruptedException {
    return String.format(Locale.ROOT, ", of which its run took %.3f s", pair.lastRunSeconds());
  }

  @Override
  public void takeDown() throws IOException, InterruptedException {
    pair.rest();
    removeServersOfBefore();
  }

  /** A physical copy leaves the server that was, for its users to remove. */
  private void removeServersOfBefore() throws IOException, InterruptedException {
    Path data = pair.data(1);
    Trees trees = new Trees(timed);
    Path beside = Objects.requireNonNull(data.getParent(), "a server's folder lies in another");
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(beside, data.getFileName() + ".before-*")) {
      for (Path each : left) {
        trees.remove(each);
      }
    }
  }
}
