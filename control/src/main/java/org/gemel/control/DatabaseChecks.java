package org.gemel.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gemel.control.api.DatabaseCheck;
import org.gemel.control.api.DatabaseCheck.DatabaseFinding;
import org.gemel.control.api.Explanation;
import org.gemel.control.api.Refusal;
import org.gemel.control.preflight.PackedFacts;
import org.gemel.control.runs.OrderDesk;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preflight.Level;
import org.gemel.database.preflight.Parity;
import org.gemel.database.preflight.Place;
import org.gemel.database.preflight.Preflight;
import org.gemel.database.preflight.PreflightFinding;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.CopyServer;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.ReadDatabaseFacts;
import org.jspecify.annotations.Nullable;

/**
 * Asks both database servers what is true there and compares it. Changes nothing. What a side does
 * not tell is never taken for good.
 */
final class DatabaseChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final int BLOCKERS_SAID = 5;

  private final Site site;
  private final OrderDesk desk;

  DatabaseChecks(Site site, OrderDesk desk) {
    this.site = site;
    this.desk = desk;
  }

  /**
   * Looks now.
   *
   * @param from the side that would be copied; null: the one that is main
   */
  DatabaseCheck check(@Nullable Side from) {
    Side main = from == null ? main() : from;
    try {
      Both both = both(main);
      return told(main, Preflight.compare(both.main(), both.backup()));
    } catch (StepFailure e) {
      return unknown(main, e);
    }
  }

  private DatabaseCheck unknown(Side main, StepFailure failure) {
    String words = String.valueOf(failure.getMessage());
    return new DatabaseCheck(main, site.now(), "UNKNOWN", words, List.of());
  }

  private record Both(DatabaseFacts main, DatabaseFacts backup) {}

  private Both both(Side main) throws StepFailure {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<DatabaseFacts> there = threads.submit(() -> facts(main.other()));
      DatabaseFacts here = facts(main);
      return new Both(here, there.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StepFailure failure) {
        throw failure;
      }
      throw new IllegalStateException("the databases could not be compared", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the control point ends", e);
    }
  }

  /**
   * What to tell of it before a start is confirmed: what it would alter and drop, what blocks it,
   * and that there is more.
   *
   * @param drop the hash of the list of what may be dropped; empty: nothing may
   */
  Explanation explain(Side from, String drop) {
    Both both;
    try {
      both = both(from);
    } catch (StepFailure e) {
      return Explanation.of(List.of("Blocked now: " + e.getMessage()));
    }
    Parity parity = Parity.of(both.main(), both.backup());
    DatabaseCheck check = told(from, Preflight.compare(both.main(), both.backup(), drop));
    List<String> sentences = new ArrayList<>(ParityWords.sentences(from, parity, drop));
    check.findings().stream()
        .filter(finding -> finding.level().equals(Level.BLOCKER.name()))
        .limit(BLOCKERS_SAID)
        .forEach(
            finding ->
                sentences.add(
                    "Blocked now: On %s found %s, wanted %s: %s."
                        .formatted(
                            finding.side(), finding.found(), finding.wanted(), finding.cure())));
    if (!check.findings().isEmpty()) {
      sentences.add(check.words() + " See `gemel database check " + from + "`.");
    }
    return new Explanation(
        sentences,
        parity.drops().isEmpty()
            ? null
            : new Explanation.Drops(
                parity.hash(), parity.drops().stream().map(Parity.Drop::command).toList()));
  }

  private DatabaseCheck told(Side main, List<PreflightFinding> findings) {
    long blockers = findings.stream().filter(f -> f.level() == Level.BLOCKER).count();
    long warnings = findings.stream().filter(f -> f.level() == Level.WARNING).count();
    String words =
        "A start of the replication from %s %s: %s, %s."
            .formatted(
                main,
                blockers == 0 ? "can begin" : "is blocked",
                counted(blockers, "blocker"),
                counted(warnings, "warning"));
    List<DatabaseFinding> views = new ArrayList<>();
    for (PreflightFinding finding : findings) {
      views.add(
          new DatabaseFinding(
              finding.check(),
              finding.level().name(),
              finding.place() == Place.MAIN ? main : main.other(),
              finding.subject(),
              finding.found(),
              finding.wanted(),
              finding.cure(),
              finding.commands(),
              finding.restart()));
    }
    String state = blockers == 0 ? "READY" : "BLOCKED";
    return new DatabaseCheck(main, site.now(), state, words, List.copyOf(views));
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private Side main() {
    Reality reality = new Reality(site, 0);
    List<Side> mains = reality.mains();
    if (mains.size() != 1) {
      throw new Refusal(
          Refusal.Reason.NOT_READY,
          "found "
              + (mains.isEmpty() ? "no database that answers as main" : "both databases main")
              + ", wanted to know which one would be copied: name the side");
    }
    return mains.getFirst();
  }

  /** What a copy of that side's whole server would overwrite on the other, and what forbids it. */
  List<String> ofWholeServer(Side from) {
    try {
      return List.copyOf(
          ask(
                  from.other(),
                  "database-server/",
                  Command.newBuilder().setCopyServer(CopyServer.newBuilder().setOnlyList(true)))
              .getServerListList());
    } catch (StepFailure e) {
      return List.of("Blocked now: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the control point ends", e);
    }
  }

  private DatabaseFacts facts(Side side) throws StepFailure, InterruptedException {
    Outcome outcome =
        ask(
            side,
            "database-facts/",
            Command.newBuilder().setReadDatabaseFacts(ReadDatabaseFacts.getDefaultInstance()));
    return PackedFacts.of(site.dedicated(side, Component.DATABASE_SERVER).name(), outcome);
  }

  private Outcome ask(Side side, String kind, Command.Builder question)
      throws StepFailure, InterruptedException {
    String device;
    try {
      device = site.dedicated(side, Component.DATABASE_SERVER).name();
    } catch (IllegalStateException none) {
      throw new StepFailure(String.valueOf(none.getMessage()));
    }
    if (!site.reachable(device)) {
      throw new StepFailure(
          "Found no answer from " + device + ", wanted its database's facts: start its agent.");
    }
    String id = kind + UUID.randomUUID();
    Outcome outcome = desk.order(device, question.setId(id).build(), PATIENCE);
    desk.seen(device, id);
    if (!outcome.getDone()) {
      throw new StepFailure(device + ": " + outcome.getWords());
    }
    return outcome;
  }
}
