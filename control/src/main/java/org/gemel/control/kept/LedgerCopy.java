package org.gemel.control.kept;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.LedgerConflict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A copy of what a replacement needs of the ledger: pairs, devices, people and their tokens,
 * counters, and the last runs with the current one, so that a checklist goes on where it was.
 * Sessions, join tokens and the audit are left out.
 */
final class LedgerCopy {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> FOLDERS =
      List.of("pairs", "devices", "people/tokens", "counters", "state");
  private static final String RUNS = "runs";
  private static final Key<JsonNode> USERS = new Key<>("people", "users", JsonNode.class);
  private static final int MOST_RUN_CHARACTERS = 500_000;

  /**
   * A copy may be a minute old, and may be restored twice: what was given out since must not come
   * again, nor what another restoring gave out.
   */
  private static final long LEAST_LEAP = 1_000;

  private static final long MOST_LEAP = 100_000;

  private record Copy(List<Document> documents) {}

  private record Document(String folder, String name, JsonNode content) {}

  private LedgerCopy() {}

  /** The copy as JSON; the same ledger gives the same bytes. */
  static byte[] of(Ledger ledger) {
    var documents = new ArrayList<Document>();
    for (var folder : FOLDERS) {
      for (var name : ledger.names(folder)) {
        read(ledger, folder, name).ifPresent(documents::add);
      }
    }
    documents.addAll(lastRuns(ledger));
    // Last: where it is, everything else is.
    read(ledger, USERS.folder(), USERS.name()).ifPresent(documents::add);
    return JSON.writeValueAsBytes(new Copy(documents));
  }

  private static List<Document> lastRuns(Ledger ledger) {
    var current = read(ledger, "state", "current-run").map(d -> d.content().path("id").asString());
    var names = new LinkedHashSet<String>();
    current.ifPresent(names::add);
    names.addAll(ledger.names(RUNS).reversed());
    var runs = new ArrayList<Document>();
    int characters = 0;
    for (var name : names) {
      var run = read(ledger, RUNS, name);
      if (run.isPresent()) {
        characters += run.get().content().toString().length();
        if (!runs.isEmpty() && characters > MOST_RUN_CHARACTERS) {
          break;
        }
        runs.add(run.get());
      }
    }
    return runs;
  }

  private static Optional<Document> read(Ledger ledger, String folder, String name) {
    return ledger
        .read(new Key<>(folder, name, JsonNode.class))
        .map(found -> new Document(folder, name, found.value()));
  }

  /** Whether this ledger has seen a first start. */
  static boolean isInUse(Ledger ledger) {
    return ledger.read(USERS).isPresent();
  }

  /**
   * Puts a copy into a ledger that is not in use. Cut off, it is done again: what is there already
   * stays, and the people come last, by whom {@link #isInUse} tells.
   */
  static void restore(Ledger ledger, byte[] copy) {
    long leap = new SecureRandom().nextLong(LEAST_LEAP, MOST_LEAP);
    for (var document : JSON.readValue(copy, Copy.class).documents()) {
      var content = document.content();
      if (document.folder().equals("counters") && content instanceof ObjectNode counter) {
        counter.put("number", counter.path("number").asLong() + leap);
      }
      if (document.folder().equals(RUNS) && content instanceof ObjectNode run) {
        takeCare(run, leap);
      }
      try {
        ledger.create(new Key<>(document.folder(), document.name(), JsonNode.class), content);
      } catch (LedgerConflict there) {
        // From a try before this one.
      }
    }
  }

  /**
   * A run that had not ended waits for a person: more may have been done than the copy knows. An
   * attempt that was begun since must not be taken for the next one.
   */
  private static void takeCare(ObjectNode run, long leap) {
    if (!run.path("endedAt").isNull()) {
      return;
    }
    run.put("automatic", false);
    for (var step : run.path("steps")) {
      var state = step.path("state").asString();
      if (step instanceof ObjectNode each && (state.equals("PENDING") || state.equals("FAILED"))) {
        each.put("attempt", each.path("attempt").asInt() + (int) leap);
      }
    }
  }
}
