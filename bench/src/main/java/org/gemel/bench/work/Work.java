package org.gemel.bench.work;

import java.io.IOException;
import java.util.List;
import org.gemel.bench.figure.Section;

/** One of the works that the figures are asked for. */
public interface Work {
  String name();

  /** Disk it needs at its largest, beside what is there. */
  long bytesNeeded(Sizes sizes);

  /** Does it, cleans up after itself. */
  List<Section> run(Course course) throws IOException, InterruptedException;
}
