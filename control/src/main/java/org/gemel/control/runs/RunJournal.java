package org.gemel.control.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gemel.control.api.Refusal;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.LedgerConflict;
import org.gemel.ledger.Versioned;

/**
 * Every run in the ledger. A step's beginning is written before it acts, its end before anything
 * builds on it; what was written is durable when a method returns.
 */
public final class RunJournal {
  private static final String FOLDER = "runs";
  private static final Key<CurrentRun> CURRENT =
      new Key<>("state", "current-run", CurrentRun.class);

  private final Ledger ledger;
  private final Runnable afterEntry;

  /**
   * @param afterEntry runs after each entry is durable; lets a test end the process at each of them
   */
  public RunJournal(Ledger ledger, Runnable afterEntry) {
    this.ledger = ledger;
    this.afterEntry = afterEntry;
  }

  /** Names the workflow run that is current; empty before the first. */
  record CurrentRun(String id) {}

  String newId() {
    return "%06d".formatted(ledger.next("runs"));
  }

  long newRoleEpoch() {
    return ledger.next("role-epoch");
  }

  /**
   * Writes a new run; a workflow's becomes the current one.
   *
   * @throws Refusal if another workflow's run is under way
   */
  void begin(RunDocument run) {
    if (!run.operation()) {
      Optional<Versioned<CurrentRun>> pointer = ledger.read(CURRENT);
      current()
          .ifPresent(
              other -> {
                throw new Refusal(
                    Refusal.Reason.NOT_READY,
                    "found run "
                        + other.id()
                        + " ("
                        + other.title()
                        + ") under way, wanted none: finish it, or clear it with `gemel run reset "
                        + other.id()
                        + "`, then start this one");
              });
      ledger.create(key(run.id()), run);
      CurrentRun me = new CurrentRun(run.id());
      try {
        if (pointer.isPresent()) {
          ledger.update(CURRENT, me, pointer.get().version());
        } else {
          ledger.create(CURRENT, me);
        }
      } catch (LedgerConflict somebodyStartedOneToo) {
        ledger.delete(key(run.id()), 0);
        throw new Refusal(
            Refusal.Reason.NOT_READY,
            "found a run started at the same moment by somebody else, wanted none: see `gemel run show`");
      }
    } else {
      ledger.create(key(run.id()), run);
    }
    afterEntry.run();
  }

  /** Changes a run; the change is made again where somebody else was first. */
  RunDocument change(String id, UnaryOperator<RunDocument> change) {
    while (true) {
      Versioned<RunDocument> now =
          ledger
              .read(key(id))
              .orElseThrow(() -> new IllegalStateException("run " + id + " is gone"));
      RunDocument changed = change.apply(now.value());
      if (changed.equals(now.value())) {
        return changed;
      }
      if (tryToWrite(changed, now.version())) {
        afterEntry.run();
        return changed;
      }
    }
  }

  private boolean tryToWrite(RunDocument changed, long version) {
    try {
      ledger.update(key(changed.id()), changed, version);
      return true;
    } catch (LedgerConflict somebodyElseWasFirst) {
      return false;
    }
  }

  public Optional<RunDocument> read(String id) {
    return ledger.read(key(id)).map(Versioned::value);
  }

  /** The workflow run under way. */
  public Optional<RunDocument> current() {
    return ledger.read(CURRENT).flatMap(c -> read(c.value().id())).filter(r -> !r.state().ended());
  }

  /** Newest first, at most so many. */
  public List<RunDocument> newest(int limit) {
    List<String> names = new ArrayList<>(ledger.names(FOLDER));
    List<RunDocument> runs = new ArrayList<>();
    for (String name : names.reversed()) {
      if (runs.size() == limit) {
        break;
      }
      read(name).ifPresent(runs::add);
    }
    return runs;
  }

  private static Key<RunDocument> key(String id) {
    if (!id.matches("[0-9]{1,9}")) {
      throw new Refusal(
          Refusal.Reason.UNKNOWN_NAME,
          "found run '" + id + "', wanted a number: see `gemel run list`");
    }
    return new Key<>(FOLDER, "%06d".formatted(Integer.parseInt(id)), RunDocument.class);
  }
}
