package org.gemel.cli.mirror;

import org.gemel.cli.CommandContribution;

/** Brings {@code gemel verify}. */
public final class VerifyContribution implements CommandContribution {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public Object command() {
    return new VerifyCommand();
  }
}
