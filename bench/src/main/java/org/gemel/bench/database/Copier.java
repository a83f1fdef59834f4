package org.gemel.bench.database;

import java.io.IOException;
import java.sql.SQLException;

/** One way to bring a database whole to a server where it is empty, and, maybe, to keep it so. */
public interface Copier {
  String name();

  default boolean gemel() {
    return false;
  }

  /** Whether what is written later comes too. */
  default boolean follows() {
    return true;
  }

  /** What is not counted: the backup has no tables yet. */
  default void prepare() throws IOException, InterruptedException, SQLException {}

  /** Returns when every row is there. */
  void copy() throws IOException, InterruptedException, SQLException;

  /** Takes away what of it making the backup anew does not. */
  default void takeDown() throws IOException, InterruptedException, SQLException {}
}
