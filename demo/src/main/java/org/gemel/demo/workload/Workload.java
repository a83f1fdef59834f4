package org.gemel.demo.workload;

import java.io.IOException;

/** A device's work, one act at a time. */
interface Workload {
  /**
   * Does the next act, if there is one to do.
   *
   * @throws IOException if its own journal cannot be written; then nothing more may be done
   */
  void workOnce() throws IOException;
}
