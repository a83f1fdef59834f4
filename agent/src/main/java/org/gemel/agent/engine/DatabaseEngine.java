package org.gemel.agent.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.gemel.database.ComparisonProgress;
import org.gemel.database.Confirmation;
import org.gemel.database.DatabaseFailure;
import org.gemel.database.DatabaseStatus;
import org.gemel.database.DifferingRange;
import org.gemel.database.GateProof;
import org.gemel.database.HealPlan;
import org.gemel.database.InitialSync;
import org.gemel.database.Published;
import org.gemel.database.Rejoined;
import org.gemel.database.Repaired;
import org.gemel.database.SequenceValue;
import org.gemel.database.TableComparison;
import org.gemel.database.Turned;
import org.gemel.database.WalPosition;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preview.SplitPreview;

/**
 * What the agent needs of the database of its side; see {@link org.gemel.database.DatabaseServer}.
 */
public interface DatabaseEngine {
  DatabaseStatus status();

  /** Rows of the table whose count people watch, if there is one. */
  OptionalLong counted() throws DatabaseFailure;

  void hold(Duration grace) throws DatabaseFailure;

  void markBackup(long epoch, Duration grace) throws DatabaseFailure;

  void openAsMain(long epoch) throws DatabaseFailure;

  WalPosition position() throws DatabaseFailure;

  /** Of a held main: the position past everything it has, noted as such. */
  WalPosition lastPosition() throws DatabaseFailure;

  Confirmation confirmed(WalPosition position) throws DatabaseFailure;

  List<SequenceValue> sequences() throws DatabaseFailure;

  void setSequences(List<SequenceValue> values) throws DatabaseFailure;

  void unpublish() throws DatabaseFailure;

  /** Offers all tables but these. */
  Published publish(Set<String> without) throws DatabaseFailure;

  /** What would bring this database, which follows, to the partner's form again; begins with it. */
  HealPlan beginHealing(long epoch) throws DatabaseFailure;

  void heal(Set<String> anew, long epoch) throws DatabaseFailure;

  void followHealed(long epoch) throws DatabaseFailure;

  /** The same text as long as the tables' definitions are the same. */
  String definitions() throws DatabaseFailure;

  /**
   * Overwrites this database with the partner's, then follows it.
   *
   * @param drop the hash of the list of what the partner does not have and may be dropped here
   * @return what was altered here
   */
  String subscribe(long epoch, String drop) throws DatabaseFailure;

  void unsubscribe() throws DatabaseFailure;

  /**
   * Stops following the partner, and keeps what it needs to follow this database without a copy.
   */
  Turned turn() throws DatabaseFailure;

  /** Why a switch now could not turn the replication round without a copy; empty if it could. */
  List<String> foreseeTurn() throws DatabaseFailure;

  /** Follows the partner without a copy; returns what proved both equal. */
  String follow(long epoch) throws DatabaseFailure;

  /**
   * The same also where some tables were found to differ at the switch: those are
   * <strong>overwritten</strong> by a copy, which is under way when this returns.
   */
  String followCopyingDiffering(long epoch) throws DatabaseFailure;

  /** In place of unsubscribe where the sides part: this side's changes are noted. */
  void partFromMain() throws DatabaseFailure;

  /** In place of unpublish where the sides part: this side's changes are noted. */
  void partFromBackup() throws DatabaseFailure;

  /** Notes what changed since the sides parted; returns whether nothing is left to note. */
  boolean drainChanges() throws DatabaseFailure;

  void forgetChanges() throws DatabaseFailure;

  /** What this side would lose if the partner overwrote it; written to a new folder if named. */
  SplitPreview preview(Optional<Path> export) throws DatabaseFailure;

  /** Refuses unless that is what was approved, or nothing would be lost. */
  void requireApproved(String hash) throws DatabaseFailure;

  /** Follows the partner again; what this side changed since the sides parted is overwritten. */
  Rejoined rejoin(String approved, long epoch) throws DatabaseFailure;

  /** What a preflight wants to know of this side, and whether its server reaches the other. */
  DatabaseFacts facts() throws DatabaseFailure;

  /** Copies the partner's rows, after {@link #subscribe}, until PostgreSQL can do the rest. */
  void copy(Consumer<InitialSync> progress) throws DatabaseFailure;

  InitialSync initialSync() throws DatabaseFailure;

  /**
   * Compares every row of this backup with the partner's; changes nothing, and goes on with one
   * that was cut off.
   *
   * @param rowsPerSecond at most; 0 as fast as it goes
   * @param percentOfTime so much of its time it reads; 0 as is set here
   */
  List<TableComparison> compare(
      long rowsPerSecond, int percentOfTime, boolean anew, Consumer<ComparisonProgress> progress)
      throws DatabaseFailure;

  /** Overwrites rows of this backup that the last comparison found otherwise than main's. */
  Repaired repair(long epoch) throws DatabaseFailure;

  /** Compares those once more, and returns the ranges that differ still. */
  List<DifferingRange> proveRepaired() throws DatabaseFailure;

  /** Tries what a client would do. */
  GateProof probe() throws DatabaseFailure;
}
