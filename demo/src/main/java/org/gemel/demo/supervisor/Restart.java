package org.gemel.demo.supervisor;

/** What a supervisor does when a child ends although nobody asked it to. */
public enum Restart {
  /** It is started again, for ever. */
  ALWAYS,
  /** It stays ended; its exit status is kept. */
  NEVER
}
