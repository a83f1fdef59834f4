package org.gemel.agent.command;

/** Follows a command on its way, for the status text of the device. */
public interface Stages {
  /** Tells nobody. */
  Stages UNHEARD = (stage, fraction) -> {};

  /**
   * A stage has begun.
   *
   * @param stage a few words, such as "stop pending"
   * @param fraction 0 to 1 of the whole; negative where it is not known
   */
  void at(String stage, double fraction);

  /** A stage whose share is not known has begun. */
  default void at(String stage) {
    at(stage, -1);
  }
}
