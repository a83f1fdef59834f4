package org.gemel.demo.supervisor;

/** Where a child stands. Each state is a promise. */
public enum ChildState {
  /** Its process was started and has not been seen to end. */
  RUNNING,
  /** Its process has ended, and a next one will be started without anybody asking. */
  WAITING_TO_RESTART,
  /** Its process has ended, and no other will be started. */
  ENDED
}
