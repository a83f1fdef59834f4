package org.gemel.agent.link;

import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.KeepConfiguration;
import org.gemel.wire.protocol.Welcome;

/** What the agent does with what the control point says. Called by one thread at a time. */
public interface Conversation {
  /**
   * A control point has answered.
   *
   * @return why it is not the one to speak with; empty if it is
   */
  String welcomed(Welcome welcome);

  /** The line is up. Outcomes that were not seen are to be told again now. */
  void up();

  void command(Command command);

  void seen(String command);

  void look(long number);

  void keep(KeepConfiguration configuration);

  /** The line is down, in words; a new one is being made. */
  void lost(String words);
}
