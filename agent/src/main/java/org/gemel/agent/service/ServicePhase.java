package org.gemel.agent.service;

/** What is true of a service; the names are those of {@code ServiceState.state}. */
enum ServicePhase {
  /** No process of it lives, and none will be started. */
  STOPPED,
  /** It should run; its process is not there yet, or not long enough to count on. */
  STARTING,
  /** It should run, and its first process lives. */
  RUNNING,
  /** It should not run, and its processes are being ended. */
  STOPPING,
  /** It does not do what it should, the words say why; it is tried again and again. */
  FAILED
}
