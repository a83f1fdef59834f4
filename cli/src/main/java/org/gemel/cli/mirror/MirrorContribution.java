package org.gemel.cli.mirror;

import org.gemel.cli.CommandContribution;

/** Brings {@code gemel mirror}. */
public final class MirrorContribution implements CommandContribution {
  @Override
  public String name() {
    return "mirror";
  }

  @Override
  public Object command() {
    return new MirrorCommand();
  }
}
