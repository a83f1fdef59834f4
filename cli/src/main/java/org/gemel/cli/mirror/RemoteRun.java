package org.gemel.cli.mirror;

import java.io.IOException;
import java.io.PrintWriter;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.RemoteMirror;
import org.gemel.mirror.RemoteReport;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteSettings;
import org.gemel.mirror.remote.RemoteTarget;
import org.jspecify.annotations.Nullable;

/** A pass to a server, and why there was none if it could not be reached. */
final class RemoteRun implements RemoteTarget {
  private static final int REFUSED = 5;
  private static final int CANNOT_REACH = 6;
  private static final int NOT_ALLOWED = 8;

  private final RemoteTarget target;
  private volatile RemoteException.@Nullable Kind kind;

  RemoteRun(RemoteTarget target) {
    this.target = target;
  }

  /** Mirrors, and says on standard error what the server does not keep. */
  MirrorReport mirror(
      MirrorRequest request, RemoteSettings settings, MirrorListener listener, PrintWriter err) {
    RemoteReport report = RemoteMirror.run(request, this, settings, listener);
    if (report.pass().outcome() != Outcome.REFUSED) {
      report.remarks().forEach(err::println);
    }
    return report.pass();
  }

  int exitCode(MirrorReport report) {
    RemoteException.@Nullable Kind why = kind;
    boolean untouched = !report.counts().changedAnything();
    if (report.outcome() == Outcome.INCOMPLETE && untouched && why != null) {
      return switch (why) {
        case NOT_TRUSTED -> REFUSED;
        case UNREACHABLE, LINK_LOST -> CANNOT_REACH;
        case NOT_ALLOWED -> NOT_ALLOWED;
        case ABSENT, REFUSED -> MirrorResult.exitCode(report);
      };
    }
    return MirrorResult.exitCode(report);
  }

  @Override
  public RemoteConnection connect() throws IOException {
    try {
      RemoteConnection connection = target.connect();
      kind = null;
      return connection;
    } catch (RemoteException e) {
      kind = e.kind();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    target.close();
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
