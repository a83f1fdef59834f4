package org.gemel.cli.mirror;

import java.io.IOException;
import java.util.Optional;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.link.AgentPlace;
import org.gemel.mirror.link.LinkRefusedException;
import org.gemel.mirror.link.LinkTimes;
import org.gemel.mirror.link.MirrorCaller;
import org.gemel.mirror.link.UnreachableException;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a pass where it has to run: always where its target is. */
final class MirrorRun {
  private final LinkArguments link;
  private final Optional<Integer> streams;
  private final long bytesPerSecond;
  private final CommandSpec command;

  /**
   * @param streams how many connections a link has; as suits the machine if empty
   * @param bytesPerSecond the most that goes over a link; 0 for no limit
   */
  MirrorRun(
      LinkArguments link, Optional<Integer> streams, long bytesPerSecond, CommandSpec command) {
    this.bytesPerSecond = bytesPerSecond;
    this.link = link;
    this.streams = streams;
    this.command = command;
  }

  MirrorReport run(MirrorRequest request, MirrorListener listener) {
    String from = request.source().path();
    String to = request.target().path();
    if (!AgentPlace.isMeant(from) && !AgentPlace.isMeant(to)) {
      return TreeMirror.run(request, listener);
    }
    try {
      return AgentPlace.isMeant(to)
          ? caller(to).push(request, listener)
          : caller(from).pull(request, listener);
    } catch (UnreachableException e) {
      throw new Failure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
    } catch (LinkRefusedException e) {
      throw new Failure(ExitCode.NOT_ALLOWED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private MirrorCaller caller(String place) throws IOException {
    return new MirrorCaller(
        AgentPlace.parse(place),
        link.credentials(command),
        link.options(command, streams, bytesPerSecond),
        LinkTimes.USUAL);
  }
}
