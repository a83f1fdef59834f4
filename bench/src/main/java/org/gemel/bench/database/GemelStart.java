package org.gemel.bench.database;

import java.io.IOException;
import java.nio.file.Path;
import org.gemel.bench.process.Outcome;
import org.gemel.bench.process.Timed;

/** Gemel's start, as a person gives it; definitions and all, and the command's own start. */
public record GemelStart(GemelPair pair, Timed timed, Path scratch) implements Copier {
  public static final String NAME = "gemel database start";

  @Override
  public String name() {
    return NAME;
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
    Outcome outcome = timed.run(pair.start(scratch));
    if (outcome.exit() != 0) {
      throw new IOException(
          NAME + " failed, " + outcome.exit() + ": " + outcome.out() + outcome.err());
    }
  }

  @Override
  public void takeDown() throws IOException, InterruptedException {
    pair.rest();
  }
}
