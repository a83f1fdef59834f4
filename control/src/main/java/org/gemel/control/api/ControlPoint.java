package org.gemel.control.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * All that can be asked of the control point. The HTTP API and the console are thin layers over it;
 * every method that changes something takes who asks, refuses viewers itself with {@link Refusal},
 * and writes the audit log.
 */
public interface ControlPoint {
  PairStatus status();

  /**
   * Runs the listener soon after each change of {@link #status()}; close the result to end that.
   */
  AutoCloseable onChange(Runnable listener);

  List<PairView> pairs();

  PairView createPair(Principal who, String name, String main, String backup);

  void removePair(Principal who, String name);

  List<WorkflowView> workflows();

  Optional<WorkflowView> workflow(String name);

  /** Newest first. */
  List<RunView> runs();

  Optional<RunView> run(String id);

  /** The run that is under way, if any. */
  Optional<RunView> currentRun();

  RunView startRun(Principal who, RunRequest request);

  /**
   * Does something with one step.
   *
   * @param step its key, or its number in the run
   * @param words a reason (skip) or the name of the side (confirm); empty otherwise
   * @param drop with a confirmation, and where a start of the replication is done: the hash of the
   *     list of what that start may drop; else empty
   */
  RunView act(Principal who, String run, String step, StepAct act, String words, String drop);

  /** Goes on with an automatic run that failed or waits; in guide mode turns the run automatic. */
  RunView resume(Principal who, String run);

  /** Clears the ticks; undoes nothing. */
  RunView reset(Principal who, String run);

  /** Starts a single control; the returned run has that one step and goes on by itself. */
  RunView operate(Principal who, Operation operation);

  /** What an operation or workflow would overwrite or do, in sentences; changes nothing. */
  Explanation explain(Operation operation);

  /**
   * Passes of the folder mirror, newest first, at most {@code limit} and never more than 200.
   *
   * @param profile of this one only; null: of all
   */
  FolderHistory folderHistory(@Nullable String profile, int limit);

  /**
   * Whether a replication could be started, and what stands against it; changes nothing.
   *
   * @param from the side that would be copied; null: the one that is main
   */
  DatabaseCheck checkDatabase(@Nullable Side from);

  /**
   * What the other side would lose if the sides were joined with this one as main; changes nothing
   * of the users'.
   *
   * @param export a new folder on the other side's database host, all that would be lost is written
   *     to; empty: none
   */
  DatabasePreview previewDatabase(Principal who, Side main, String export);

  void addDevice(Principal who, DeviceRequest device);

  void removeDevice(Principal who, String name);

  /** A one-time token with which that device's agent can join; shown once. */
  String joinToken(Principal who, String device, Duration validFor);

  /** Newest first, at most {@code limit}. */
  List<AuditEntry> audit(int limit);

  /** Writes an entry for something the layers above did themselves, such as a log-in. */
  void recordAudit(String who, String what, String outcome);

  /** The control point's clock. */
  Instant now();
}
