package org.gemel.cli.mirror;

import java.io.IOException;
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
import picocli.CommandLine.ParameterException;

/** Runs a pass where it has to run: always where its target is. */
final class MirrorRun {
  private final LinkArguments link;
  private final CommandSpec command;

  MirrorRun(LinkArguments link, CommandSpec command) {
    this.link = link;
    this.command = command;
  }

  MirrorReport run(MirrorEnd from, MirrorEnd to, MirrorRequest request, MirrorListener listener) {
    if (from instanceof MirrorEnd.Local && to instanceof MirrorEnd.Local) {
      link.refuseAny(command);
      return TreeMirror.run(request, listener);
    }
    try {
      if (from instanceof MirrorEnd.Agent agent && to instanceof MirrorEnd.Local) {
        return caller(agent.place()).pull(request, listener);
      }
      if (from instanceof MirrorEnd.Local && to instanceof MirrorEnd.Agent agent) {
        return caller(agent.place()).push(request, listener);
      }
    } catch (UnreachableException e) {
      throw new Failure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
    } catch (LinkRefusedException e) {
      throw new Failure(ExitCode.NOT_ALLOWED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
    throw new ParameterException(
        command.commandLine(),
        "found agent:// as FROM and as TO, wanted one of them on this machine: run it on the machine of one");
  }

  private MirrorCaller caller(AgentPlace place) throws IOException {
    return new MirrorCaller(
        place, link.credentials(command), link.options(command), LinkTimes.USUAL);
  }
}
