package org.gemel.agent.journal;

import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.StartService;

/** Commands and outcomes for tests. */
final class Commands {
  private Commands() {}

  static Command start(String id, long epoch, String service) {
    return Command.newBuilder()
        .setId(id)
        .setActingEpoch(epoch)
        .setStartService(StartService.newBuilder().setService(service))
        .build();
  }

  static Outcome done(String id) {
    return Outcome.newBuilder().setCommand(id).setDone(true).setWords("runs: " + id).build();
  }
}
