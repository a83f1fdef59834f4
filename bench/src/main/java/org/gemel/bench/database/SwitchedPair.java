package org.gemel.bench.database;

import java.io.IOException;
import java.util.List;

/** Two servers of which one takes writes, and whoever changes which. */
public interface SwitchedPair extends AutoCloseable {
  String name();

  /** A client's ways in, one a server. */
  List<Access> clients();

  /** The one that takes writes now, for its administrator. */
  Access main();

  /**
   * A planned change of roles. Returns when the next one may begin: the old main follows, and has
   * all that the new one has.
   */
  void change() throws IOException, InterruptedException;

  /** What one change consisted of, in words; for whoever wants to know where its time went. */
  default String account() {
    return "";
  }

  @Override
  void close();
}
