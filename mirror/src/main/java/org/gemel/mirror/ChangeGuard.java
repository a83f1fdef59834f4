package org.gemel.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides whether a pass may delete and overwrite as much as it is about to. What is only created
 * does not depend on it.
 *
 * <p>Small numbers are never asked about: a person who is asked each day answers without reading.
 * Beyond them a share counts, as an accident takes most of a tree and a day's work does not.
 */
final class ChangeGuard {
  /** Entries that may always go. */
  static final long DELETES_ALWAYS = 1000;

  /** Bytes that may always go, so that one large file of a small tree may. */
  static final long BYTES_ALWAYS = 10L << 30;

  /** Of all entries, and of all bytes, so many hundredths may go. */
  static final int DELETED_PERCENT = 10;

  /** Files that may always be overwritten. */
  static final long OVERWRITES_ALWAYS = 1000;

  /**
   * Of all files so many hundredths may be overwritten: what encrypts a tree changes most of it.
   */
  static final int OVERWRITTEN_PERCENT = 30;

  private ChangeGuard() {}

  /** Says why deletes and overwrites must wait, if they must. */
  static Optional<Refusal> judge(
      ChangeSignals signals, OptionalLong allowDelete, OptionalLong allowOverwrite) {
    List<String> reasons = new ArrayList<>();
    List<String> flags = new ArrayList<>();
    judgeDeletes(signals, allowDelete, reasons, flags);
    judgeOverwrites(signals, allowOverwrite, reasons, flags);
    if (reasons.isEmpty()) {
      return judgeShrunk(signals, allowDelete);
    }
    String flag = String.join(" ", flags);
    return Optional.of(
        new Refusal(
            String.join("; ", reasons)
                + ": nothing was deleted or overwritten; see it with --dry-run "
                + flag
                + ", and if it may be run again with "
                + flag,
            Optional.of(flag)));
  }

  private static void judgeDeletes(
      ChangeSignals signals, OptionalLong allowed, List<String> reasons, List<String> flags) {
    long deletes = signals.deletes().entries();
    long bytes = signals.deletes().bytes();
    Extent held = signals.held();
    if (allowed.isPresent()) {
      if (deletes > allowed.getAsLong()) {
        reasons.add(
            "found %d entries to delete of %d in the target, wanted at most the %d allowed"
                .formatted(deletes, held.entries(), allowed.getAsLong()));
        flags.add("--allow-delete " + deletes);
      }
    } else if (deletes > DELETES_ALWAYS && isMore(deletes, held.entries(), DELETED_PERCENT)) {
      reasons.add(
          "found %d entries to delete of %d in the target, wanted at most %d or %d %%"
              .formatted(deletes, held.entries(), DELETES_ALWAYS, DELETED_PERCENT));
      flags.add("--allow-delete " + deletes);
    } else if (bytes > BYTES_ALWAYS && isMore(bytes, held.bytes(), DELETED_PERCENT)) {
      reasons.add(
          "found %d bytes to delete (%d entries) of %d in the target, wanted at most %d GiB or %d %%"
              .formatted(bytes, deletes, held.bytes(), BYTES_ALWAYS >> 30, DELETED_PERCENT));
      flags.add("--allow-delete " + deletes);
    }
  }

  private static void judgeOverwrites(
      ChangeSignals signals, OptionalLong allowed, List<String> reasons, List<String> flags) {
    long overwrites = signals.overwrites();
    long files = signals.held().files();
    boolean refused =
        allowed.isPresent()
            ? overwrites > allowed.getAsLong()
            : overwrites > OVERWRITES_ALWAYS && isMore(overwrites, files, OVERWRITTEN_PERCENT);
    if (refused) {
      reasons.add(
          "found %d files to overwrite of %d in the target, wanted at most %s: has something damaged or encrypted the"
                  .formatted(
                      overwrites,
                      files,
                      allowed.isPresent()
                          ? "the " + allowed.getAsLong() + " allowed"
                          : OVERWRITES_ALWAYS + " or " + OVERWRITTEN_PERCENT + " %")
              + " source");
      flags.add("--allow-overwrite " + overwrites);
    }
  }

  private static Optional<Refusal> judgeShrunk(ChangeSignals signals, OptionalLong allowed) {
    if (signals.shrunk().isEmpty() || allowed.isPresent()) {
      return Optional.empty();
    }
    String flag = "--allow-delete " + signals.deletes().entries();
    return refuse(
        "found "
            + signals.shrunk().getFirst()
            + (signals.shrunk().size() > 1 ? " and " + (signals.shrunk().size() - 1) + " more" : "")
            + ", wanted to see it so twice, "
            + ShrunkFolders.BETWEEN.toSeconds()
            + " s apart: nothing was deleted or overwritten; the next pass after that does it, or one with "
            + flag,
        flag);
  }

  /** Says why a source without anything is not taken for the truth, if it is not. */
  static Optional<Refusal> judgeEmptySource(long held, OptionalLong allowed) {
    if (held == 0 || (allowed.isPresent() && allowed.getAsLong() >= held)) {
      return Optional.empty();
    }
    String flag = "--allow-delete " + held;
    return refuse(
        "found an empty source while the target holds "
            + held
            + " entries, wanted a source with something in it: is its volume mounted? If it is meant to be empty, run"
            + " again with "
            + flag,
        flag);
  }

  private static boolean isMore(long part, long whole, int percent) {
    return part > whole / 100.0 * percent;
  }

  private static Optional<Refusal> refuse(String reason, String flag) {
    return Optional.of(new Refusal(reason, Optional.of(flag)));
  }
}
