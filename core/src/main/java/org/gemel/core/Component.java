package org.gemel.core;

/**
 * A software component that a device carries: its part in the facility, which decides what a switch
 * does to it.
 */
public enum Component {
  DATABASE_SERVER("database server", 0),
  NAS_HEAD("NAS head", 0),
  BIN_LINKER("bin linker", 0),
  BROWSE_SERVER("browse server", 0),
  EDITOR("editor", 2),
  INGEST_CLIENT("ingest client", 2),
  ENCODER("encoder", 1);

  private final String words;
  private final int restartsOnSwitch;

  Component(String words, int restartsOnSwitch) {
    this.words = words;
    this.restartsOnSwitch = restartsOnSwitch;
  }

  /** What people call it. */
  public String words() {
    return words;
  }

  /** How often a device that carries it restarts when it is moved to the other side. */
  public int restartsOnSwitch() {
    return restartsOnSwitch;
  }
}
