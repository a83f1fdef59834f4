package org.gemel.mirror;

/**
 * What a pass may do harm to, and what it keeps.
 *
 * @param salvage how much is kept where the policy is {@link DeletePolicy#SALVAGE}
 */
public record PassSafety(SalvageLimits salvage) {
  public static final PassSafety DEFAULT = new PassSafety(SalvageLimits.DEFAULT);

  public PassSafety withSalvage(SalvageLimits limits) {
    return new PassSafety(limits);
  }
}
