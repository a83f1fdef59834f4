package org.gemel.cli.mirror;

import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import org.gemel.mirror.Change;
import org.gemel.mirror.Failure;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.Suspects;
import org.gemel.mirror.TreeMirror;

/**
 * Imposes what a verification found: an ordinary pass, with all its guards, that copies anew what
 * was read and differs.
 */
final class Repair implements MirrorListener {
  private final PrintWriter lines;
  private final PrintWriter err;
  private final BooleanSupplier stop;

  Repair(PrintWriter lines, PrintWriter err, BooleanSupplier stop) {
    this.lines = lines;
    this.err = err;
    this.stop = stop;
  }

  MirrorReport run(MirrorRequest request, Suspects suspects) {
    return TreeMirror.run(request, suspects, this);
  }

  @Override
  public void changed(Change change) {
    lines.println(change.line());
  }

  @Override
  public void failed(Failure failure) {
    err.println("failed " + failure.path() + ": " + failure.reason());
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
