package org.gemel.mirror;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a pass ended.
 *
 * @param refusal why something was not done; present exactly if the outcome is {@link
 *     Outcome#REFUSED}
 * @param failures the first {@value PassLog#FAILURES_KEPT}; their number is in the counts
 * @param scanning the part of the time not spent on writing
 * @param parked what a guard made wait, if that was it
 * @param shrunk what the next pass is to be told, see {@link PassSafety#shrunk()}
 * @param foreign the first {@value #FOREIGN_KEPT} changes that others had made on the target; their
 *     number is in the counts
 */
public record MirrorReport(
    Outcome outcome,
    Optional<Refusal> refusal,
    Counts counts,
    List<Failure> failures,
    Duration elapsed,
    Duration scanning,
    Optional<ParkedList> parked,
    ShrunkFolders shrunk,
    List<ForeignChange> foreign) {

  /** How many changes of others are told one by one. */
  public static final int FOREIGN_KEPT = 10;

  /** What the target is now. */
  public enum Outcome {
    /**
     * The target equals the source as it was read (in a dry run: would), and is on stable storage.
     */
    COMPLETE,
    /** Some entries failed; all others are as in {@link #COMPLETE}. */
    INCOMPLETE,
    /** A guard held the pass, or its deletes, back. */
    REFUSED,
    /** The listener ended the pass; what was done is whole. */
    STOPPED
  }

  public MirrorReport {
    failures = List.copyOf(failures);
    foreign = List.copyOf(foreign);
    if ((outcome == Outcome.REFUSED) != refusal.isPresent()) {
      throw new IllegalArgumentException(
          "a refusal belongs to the outcome REFUSED and to no other");
    }
  }

  /** A pass that nothing was parked of, and none comes after. */
  public static MirrorReport of(
      Outcome outcome,
      Optional<Refusal> refusal,
      Counts counts,
      List<Failure> failures,
      Duration elapsed,
      Duration scanning) {
    return new MirrorReport(
        outcome,
        refusal,
        counts,
        failures,
        elapsed,
        scanning,
        Optional.empty(),
        ShrunkFolders.NONE,
        List.of());
  }

  /** A pass that was not begun. */
  static MirrorReport refusedUntouched(Refusal refusal) {
    return of(
        Outcome.REFUSED,
        Optional.of(refusal),
        Counts.NONE,
        List.of(),
        Duration.ZERO,
        Duration.ZERO);
  }

  /** How it went, in one sentence for a person. */
  public String summary() {
    return switch (outcome) {
      case COMPLETE -> "complete: the target equals the source" + undone();
      case STOPPED -> "stopped on request; run again to go on";
      case REFUSED -> refusal.map(Refusal::reason).orElseThrow();
      case INCOMPLETE ->
          counts.failed()
              + " failed, first "
              + failures.getFirst().path()
              + ": "
              + failures.getFirst().reason();
    };
  }

  private String undone() {
    return foreign.isEmpty()
        ? ""
        : "; somebody had changed it, which is undone ("
            + counts.foreign()
            + ", first "
            + foreign.getFirst().line()
            + ")";
  }
}
