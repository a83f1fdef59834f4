package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gemel.database.preflight.Healing;

/**
 * Brings a backup that follows to main's definitions again, after somebody altered main's: by then
 * its worker may be stuck at a row that does not fit, and stays stuck for ever.
 *
 * <p>Tables whose rows must come again are taken out of the publication first, so that the worker
 * passes over what is still on its way for them; what takes something away waits until the worker
 * is past the moment at which main took it away. Then they are offered again, and copied by the
 * server like any table new to a subscription. Cut off anywhere, those tables are still missing in
 * the publication or the subscription, and so come again by a repetition; until it is whole, this
 * database will not open as main.
 */
final class SchemaHealing {
  private static final Duration CAUGHT_UP = Duration.ofMinutes(5);
  private static final Duration WORKER_ENDS = Duration.ofSeconds(20);
  private static final int ROUNDS = 5;

  private final Session session;
  private final Session mainSession;
  private final MainConnection main;
  private final DatabaseSettings settings;
  private final OwnSchema own;
  private final Subscription subscription;
  private final String name;

  SchemaHealing(
      Session session, Session mainSession, MainConnection main, DatabaseSettings settings) {
    this.session = session;
    this.mainSession = mainSession;
    this.main = main;
    this.settings = settings;
    this.own = new OwnSchema(session);
    this.subscription = new Subscription(session, settings);
    this.name = Names.of(settings.pair());
  }

  HealPlan plan() throws SQLException, DatabaseFailure {
    requireFollowing();
    Healing healing = healing();
    Set<String> anew = new TreeSet<>(missed());
    anew.addAll(healing.rewritten());
    anew.addAll(lackingOnTheWay().keySet());
    List<String> commands = new ArrayList<>(healing.first());
    commands.addAll(healing.last());
    return new HealPlan(anew, commands, healing.undecided());
  }

  /** The same, and from here on this database counts as a part of a copy until {@link #follow}. */
  HealPlan begin(long epoch) throws SQLException, DatabaseFailure {
    HealPlan plan = plan();
    if (!plan.undecided().isEmpty() || plan.isNothing()) {
      return plan;
    }
    own.requireEpoch(epoch);
    subscription.requireGatedBackup();
    own.create();
    own.beginHealing();
    return plan;
  }

  /** Alters this database; main must have taken these tables out of its publication. */
  void alter(Set<String> anew, long epoch) throws SQLException, DatabaseFailure {
    requireFollowing();
    own.requireEpoch(epoch);
    subscription.requireGatedBackup();
    new MainReader(mainSession, main, name).requireMain(session, epoch);
    requireWithdrawn(anew);
    own.create();
    own.beginHealing();
    refresh(false);
    endWorker();
    empty(anew);
    provideForTheWay(anew);
    alterFirst(anew);
    List<String> last = healing().last();
    if (!last.isEmpty()) {
      awaitCaughtUp();
      perform(last);
    }
  }

  /** Follows everything that main offers by now, and copies what is new. */
  void follow(long epoch) throws SQLException, DatabaseFailure {
    requireFollowing();
    own.requireEpoch(epoch);
    subscription.requireGatedBackup();
    MainReader reader = new MainReader(mainSession, main, name);
    reader.requireReady(session, epoch);
    reader.requireAlike(session);
    requireNothingMissedSince();
    // Before the refreshing: what is altered later must show.
    String offer = new Offer(mainSession, name).text();
    refresh(true);
    session.transaction(
        () -> {
          own.noteOffer(offer);
          own.endHealing();
        });
  }

  private Healing healing() throws SQLException {
    return Healing.of(
        DefinitionsReader.read(mainSession, settings), DefinitionsReader.read(session, settings));
  }

  /** Tables whose changes were not all sent: not on offer, not followed, or not as once noted. */
  private Set<String> missed() throws SQLException, DatabaseFailure {
    String before = own.offer();
    String now = new Offer(mainSession, name).text();
    if (now.isEmpty() || !firstLine(before).equals(firstLine(now))) {
      throw DatabaseFailure.refused(
          "the publication on main altered since the copy, or a copy of an earlier release",
          "the one that was followed from the beginning",
          "start the replication again, which copies everything");
    }
    Set<String> noted = before.lines().collect(Collectors.toSet());
    if (before.equals(Offer.withoutDigests(before))) {
      now = Offer.withoutDigests(now); // noted by a release that knew of none
    }
    Set<String> whole = new TreeSet<>();
    now.lines().filter(noted::contains).map(SchemaHealing::table).forEach(whole::add);
    whole.retainAll(followed());
    Set<String> missed = new TreeSet<>(new UserTables(mainSession).replicable());
    missed.removeAll(whole);
    return missed;
  }

  /** Of the publication itself. */
  private static String firstLine(String offer) {
    return offer.lines().findFirst().orElse("");
  }

  /** The last of four words of a table's line; names may have spaces. */
  private static String table(String line) {
    String[] words = line.split(" ", 4);
    return words.length == 4 ? words[3] : "";
  }

  /** By table that is here, the columns of changes to come that neither side has. */
  private Map<String, Set<String>> lackingOnTheWay() throws SQLException, DatabaseFailure {
    Map<String, Set<String>> lacking = new TreeMap<>();
    Map<String, Set<String>> onMain = columns(mainSession);
    Map<String, Set<String>> here = columns(session);
    new LogOnItsWay(mainSession, name)
        .columns()
        .forEach(
            (table, sent) -> {
              Set<String> columns = new TreeSet<>(sent);
              columns.removeAll(onMain.getOrDefault(table, Set.of()));
              columns.removeAll(here.getOrDefault(table, Set.of()));
              if (!columns.isEmpty() && here.containsKey(table)) {
                lacking.put(table, columns);
              }
            });
    return lacking;
  }

  /**
   * Nothing is written to them, but a worker asks for them before it passes over a change; they go
   * with the last that is dropped. A column of main that is on its way is added in its own form.
   */
  private void provideForTheWay(Set<String> anew) throws SQLException, DatabaseFailure {
    for (Map.Entry<String, Set<String>> table : lackingOnTheWay().entrySet()) {
      if (!anew.contains(table.getKey())) {
        throw alteredMeanwhile(Set.of(table.getKey()));
      }
      for (String column : table.getValue()) {
        session.command(
            "ALTER TABLE " + table.getKey() + " ADD COLUMN " + Sql.identifier(column) + " text");
      }
    }
  }

  private static Map<String, Set<String>> columns(Session database) throws SQLException {
    Map<String, Set<String>> columns = new HashMap<>();
    database.list(
        """
        SELECT format('%I.%I', n.nspname, c.relname), a.attname
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND
        """
            + UserTables.OF_USERS,
        row ->
            columns.computeIfAbsent(row.getString(1), _ -> new HashSet<>()).add(row.getString(2)));
    return columns;
  }

  private List<String> followed() throws SQLException {
    return subscription.sync().tables().stream().map(TableCopy::table).toList();
  }

  /** Refreshing without a copy takes what is new for whole. */
  private void requireWithdrawn(Set<String> anew) throws SQLException, DatabaseFailure {
    List<String> early = new ArrayList<>(new MainReader(mainSession, main, name).published());
    List<String> followed = followed();
    early.removeIf(table -> !anew.contains(table) && followed.contains(table));
    if (!early.isEmpty()) {
      throw DatabaseFailure.refused(
          "main offering " + early + ", whose rows must come again",
          "them out of its publication until this database has their form",
          "repeat the healing from its begin");
    }
  }

  private void requireFollowing() throws SQLException, DatabaseFailure {
    if (!subscription.exists()) {
      throw DatabaseFailure.refused(
          "this database following nothing",
          "a replication that runs, whose backup is to get main's form",
          "start the replication; `gemel database check` shows what differs");
    }
  }

  private void refresh(boolean copy) throws SQLException {
    session.command(
        "ALTER SUBSCRIPTION "
            + Sql.identifier(name)
            + " REFRESH PUBLICATION WITH (copy_data = "
            + copy
            + ")");
  }

  /**
   * So that their old rows are in no alteration's way; nothing is applied to them meanwhile. One to
   * which others refer is emptied row by row, which may take longer than other sessions may.
   */
  private void empty(Set<String> tables) throws SQLException, DatabaseFailure {
    try (Session patient = Session.copyingHere(settings)) {
      patient.transaction(
          () -> {
            for (String table : tables) {
              if (patient.holds("SELECT to_regclass(?) IS NOT NULL", table)) {
                Emptying.empty(patient, table);
              }
            }
          });
    }
  }

  /** Worked out anew until nothing is left, for a command may need another one first. */
  private void alterFirst(Set<String> anew) throws SQLException, DatabaseFailure {
    String failure = "";
    for (int round = 0; round <= ROUNDS; round++) {
      Healing healing = healing();
      if (!anew.containsAll(healing.rewritten())) {
        throw alteredMeanwhile(healing.rewritten());
      }
      if (healing.first().isEmpty()) {
        return;
      }
      failure = tryAll(healing.first());
    }
    throw notAlike(failure);
  }

  /** Just these, and not what main has dropped since they were worked out. */
  private void perform(List<String> commands) throws SQLException, DatabaseFailure {
    String failure = "";
    for (int round = 0; round < ROUNDS; round++) {
      failure = tryAll(commands);
      if (failure.isEmpty()) {
        return;
      }
      commands = healing().last().stream().filter(commands::contains).toList();
    }
    throw notAlike(failure);
  }

  /** Returns what failed, or nothing. */
  private String tryAll(List<String> commands) throws SQLException {
    String failure = "";
    for (String command : commands) {
      try {
        session.command(command);
      } catch (SQLException e) {
        if (Failures.isLossOfConnection(e)) {
          throw e;
        }
        failure = command + ": " + Failures.words(e, settings.administrator());
      }
    }
    return failure;
  }

  private static DatabaseFailure notAlike(String failure) {
    return DatabaseFailure.unfinished(
        failure.isEmpty() ? "definitions that differ whatever is altered" : "'" + failure + "'",
        "this database in main's form",
        "see `gemel database check`, alter by hand what it names, then heal once more");
  }

  private static DatabaseFailure alteredMeanwhile(Set<String> tables) {
    return DatabaseFailure.unfinished(
        "main's tables " + tables + " altered while this database was being healed",
        "them as they were when it began",
        "heal once more when main's tables are as they are to be");
  }

  /** A table that is followed already would be taken for whole, although changes were missed. */
  private void requireNothingMissedSince() throws SQLException, DatabaseFailure {
    Set<String> missed = new TreeSet<>(missed());
    missed.retainAll(followed());
    if (!missed.isEmpty()) {
      throw alteredMeanwhile(missed);
    }
  }

  /**
   * The worker that follows does not look again at which tables it writes to until it is begun
   * anew, which the server does by itself.
   */
  private void endWorker() throws SQLException, DatabaseFailure {
    List<Integer> workers =
        session.list(
            "SELECT pid FROM pg_stat_subscription WHERE subname = ? AND pid IS NOT NULL",
            row -> row.getInt(1),
            name);
    Patience patience = new Patience(WORKER_ENDS);
    for (int worker : workers) {
      while (session.holds(
          "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid = ?)", worker)) {
        session.list("SELECT pg_terminate_backend(?)", row -> true, worker);
        if (patience.isOver()) {
          throw DatabaseFailure.unfinished(
              "the worker " + worker + " of this database's server, which does not end",
              "it begun anew",
              "heal once more");
        }
        patience.pause();
      }
    }
  }

  /** What main sent while it still had what is about to be dropped needs that here. */
  private void awaitCaughtUp() throws SQLException, DatabaseFailure {
    WalPosition position =
        mainSession.one(
            "SELECT pg_current_wal_insert_lsn()::text", row -> WalPosition.parse(row.getString(1)));
    Patience patience = new Patience(CAUGHT_UP);
    while (true) {
      WalPosition confirmed =
          new Slots(mainSession, name).read().map(Slots.Slot::confirmed).orElse(null);
      if (confirmed != null && confirmed.compareTo(position) >= 0) {
        return;
      }
      if (patience.isOver()) {
        throw DatabaseFailure.unfinished(
            "this database at " + confirmed + " of main's " + position,
            "it there, before what main has dropped is dropped here",
            "see the log of this database's server for what stops it, then heal once more");
      }
      patience.pause();
    }
  }
}
