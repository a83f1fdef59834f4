package org.gemel.cli.mirror;

import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.link.AgentPlace;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where the two trees of a mirror are, and which options that leaves. What would do nothing there
 * is refused: left out without a word it would be believed to be done.
 */
record Places(TreeRoot from, TreeRoot to) {
  /** Whether the target is on a server that is reached by sftp, ftp or ftps. */
  boolean toServer() {
    return TargetTree.isRemote(to.path());
  }

  boolean toAgent() {
    return AgentPlace.isMeant(to.path());
  }

  boolean fromAgent() {
    return AgentPlace.isMeant(from.path());
  }

  void refuseContradictions(
      CommandSpec command,
      boolean watch,
      boolean index,
      boolean inPlace,
      boolean specials,
      LinkArguments link) {
    if (fromAgent() && toAgent()) {
      throw usage(
          command,
          "found agent:// as FROM and as TO, wanted one of them on this machine: run it on the"
              + " machine of one");
    }
    if (fromAgent() && toServer()) {
      throw usage(
          command,
          "found " + from + " as FROM of a mirror to a server, wanted a folder of this machine");
    }
    if (watch && (fromAgent() || toAgent() || toServer())) {
      throw usage(
          command,
          "found --watch with "
              + (fromAgent() ? from : to)
              + ", wanted two folders of this machine: changes are followed only there. Leave"
              + " --watch out for a pass, or let an agent follow a profile");
    }
    if (index && (toAgent() || toServer())) {
      throw usage(
          command,
          "found --index with "
              + to
              + " as TO, wanted it only where TO is a folder of this machine: what is elsewhere is"
              + " not remembered here");
    }
    onlyHere(command, "--in-place", inPlace);
    onlyHere(command, "--specials", specials);
    if (!fromAgent() && !toAgent()) {
      link.refuseAny(command);
    }
  }

  private void onlyHere(CommandSpec command, String option, boolean wanted) {
    if (wanted && (toAgent() || toServer())) {
      throw usage(
          command,
          "found "
              + option
              + " with "
              + to
              + " as TO, wanted it only where TO is a folder of this machine");
    }
  }

  private static ParameterException usage(CommandSpec command, String words) {
    return new ParameterException(command.commandLine(), words);
  }
}
