package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gemel.database.preview.ChangeLogState;

/**
 * Joins this side, backup and gated, to main again.
 *
 * <p>What is lost was approved: the hash of it is taken anew, now that nobody writes here any more.
 * Then main's slot is made together with a snapshot; whatever changed on either side up to then is
 * repaired to that snapshot, and from there on the subscription brings everything. Repair, proof
 * and subscription are one transaction here: cut off before its end nothing was changed, after it
 * all is done.
 *
 * <p>Where the notes of either side are not complete, or so much changed that it is no cheaper,
 * every table is copied, and the words say why.
 */
final class Rejoining {
  private static final int ROUNDS = 3;

  private final Session session;
  private final Session main;
  private final MainConnection address;
  private final DatabaseSettings settings;
  private final ChangeLogLimits limits;
  private final SplitSides sides;
  private final OwnSchema own;
  private final Subscription subscription;
  private final String name;

  Rejoining(
      Session session,
      Session main,
      MainConnection address,
      DatabaseSettings settings,
      ChangeLogLimits limits) {
    this.session = session;
    this.main = main;
    this.address = address;
    this.settings = settings;
    this.limits = limits;
    this.sides = new SplitSides(session, main, settings, limits);
    this.own = new OwnSchema(session);
    this.subscription = new Subscription(session, settings);
    this.name = Names.of(settings.pair());
  }

  Rejoined rejoin(String approved, long epoch) throws SQLException, DatabaseFailure {
    own.create();
    own.requireEpoch(epoch);
    if (subscription.exists()) {
      return alreadyFollowing();
    }
    subscription.requireGatedBackup();
    MainReader reader = new MainReader(main, address, name);
    reader.requireReady(session, epoch);
    reader.requireAlike(session);
    sides.drainHere();
    requireApproved(approved);
    String whyCopy = whyCopy();
    if (!whyCopy.isEmpty()) {
      subscription.subscribe(main, address, epoch);
      return new Rejoined(false, "every table is copied from main, since " + whyCopy);
    }
    return new Rejoined(true, repair());
  }

  private Rejoined alreadyFollowing() throws SQLException, DatabaseFailure {
    String connection =
        session.one(
            "SELECT subconninfo FROM pg_subscription WHERE subname = ?",
            row -> row.getString(1),
            name);
    if (!ConnectionString.parse(connection).equals(address)
        || new ChangeNotes(session).log().isPresent()) {
      throw DatabaseFailure.refused(
          "this database following something already",
          "one that follows nothing",
          "stop the replication first");
    }
    // A copy that was not begun yet makes it by itself.
    boolean slotToCome =
        new CopyNotes(session).underway().filter(u -> u.slotStart() == null).isPresent();
    if (!slotToCome && new Slots(main, name).read().isEmpty()) {
      throw DatabaseFailure.refused(
          "this database following main, on which the slot for it is gone",
          "main's slot, which has what changed there since",
          "stop the replication, then start it with a copy");
    }
    subscription.dropChangeLog();
    return new Rejoined(subscription.sync().complete(), "it follows main already");
  }

  /**
   * Refuses to overwrite what nobody was shown as it is now. After {@link SplitSides#drainHere}.
   */
  void requireApproved(String approved) throws SQLException, DatabaseFailure {
    Map<String, SplitTable> tables = SplitTable.read(session);
    Map<String, String> hashes = hashes(tables);
    String hash = LossHash.of(hashes, sides.here(), sides.onMain());
    if (hash.equals(approved)) {
      return;
    }
    if (approved.isEmpty()) {
      throw DatabaseFailure.refused(
          "changes of this side since the sides parted, which would be overwritten",
          "the hash of their preview",
          "read `gemel database preview`, and give it the hash with --preview");
    }
    throw DatabaseFailure.refused(
        new Approvals(session).changedSince(approved, hashes),
        "this side just as the preview " + approved + " showed it",
        "nothing was changed; read `gemel database preview` again and approve what it shows now");
  }

  private Map<String, String> hashes(Map<String, SplitTable> tables)
      throws SQLException, DatabaseFailure {
    Map<String, String> found = new TreeMap<>();
    BothSides.alike(session);
    session.snapshot(
        () -> {
          SplitRows.lookUp(session);
          found.putAll(new LossHash(session, tables).ofTables());
        });
    return found;
  }

  private String whyCopy() throws SQLException {
    Optional<ChangeLogState> here = sides.here();
    Optional<ChangeLogState> onMain = sides.onMain();
    if (own.copyingSince().isPresent()) {
      return "only a part of a copy is here";
    }
    if (here.isEmpty() || onMain.isEmpty()) {
      return "no change log was kept " + (here.isEmpty() ? "here" : "on main");
    }
    if (!here.get().incomplete().isEmpty() || !onMain.get().incomplete().isEmpty()) {
      return "the change log "
          + (here.get().incomplete().isEmpty()
              ? "of main is not complete: " + onMain.get().incomplete()
              : "of this side is not complete: " + here.get().incomplete());
    }
    return new RepairCost(session, main, limits).whyNotCheap();
  }

  /** Main's clients may change one more table meanwhile, but not for ever. */
  private String repair() throws SQLException, DatabaseFailure {
    for (int round = 0; round < ROUNDS; round++) {
      Optional<String> words = repairKeeping(changed(sides.peekIntoMain()));
      if (words.isPresent()) {
        return words.get();
      }
    }
    throw DatabaseFailure.unfinished(
        "more and more tables changed on main, each time this side was about to be repaired",
        "the same ones for a moment",
        "repeat");
  }

  private Set<String> changed(Map<String, ChangedTable> peeked) throws SQLException {
    Set<String> changed = new TreeSet<>(new SplitKeys(session, main, peeked).tables().keySet());
    changed.retainAll(SplitTable.read(session).keySet());
    return changed;
  }

  /**
   * Nobody alters these tables of main meanwhile: one rewritten after the snapshot would look
   * empty. Others are not read, and not locked: they may be more than main has room for. Empty, and
   * nothing was changed, if others had to be read.
   */
  private Optional<String> repairKeeping(Set<String> tables) throws SQLException, DatabaseFailure {
    List<Optional<String>> words = new ArrayList<>();
    try (Session keeping =
        Session.copying(address.address(), address.replication(), name, "", settings.leftOut())) {
      MainReader reader = new MainReader(keeping, address, name);
      keeping.transaction(
          () -> {
            reader.keepAsTheyAre(List.copyOf(tables));
            // Before the look and the slot: what is altered later must show.
            String offer = new Offer(main, name).text();
            reader.requireAlike(session);
            words.add(repairAtOneMoment(offer, tables));
          });
    }
    return words.getFirst();
  }

  private Optional<String> repairAtOneMoment(String offer, Set<String> kept)
      throws SQLException, DatabaseFailure {
    new Sequences(session).moveForward(new Sequences(main).read());
    String system = session.systemIdentifier();
    new OwnSchema(main).addFollower(system);
    Slots slots = new Slots(main, name);
    slots.drop(List.of(system));
    boolean[] following = {false};
    try (ExportedSlot slot = ExportedSlot.make(address, name, Repair.SLOT_PATIENCE);
        Session rows =
            Session.replication(address.address(), address.replication(), settings.leftOut())) {
      List<Optional<String>> words = new ArrayList<>();
      rows.transaction(
          () -> {
            rows.command("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            rows.command("SET TRANSACTION SNAPSHOT " + Sql.literal(slot.snapshot()));
            // Past the slot's start, so whatever differs at the snapshot is in it or noted.
            Map<String, ChangedTable> peeked = sides.peekIntoMain();
            main.snapshot(
                () -> {
                  words.add(repairTo(rows, offer, peeked, kept));
                  // Whatever fails from here on, that slot is in use.
                  following[0] = words.getFirst().isPresent();
                });
          });
      if (following[0]) {
        subscription.dropChangeLog();
      }
      return words.getFirst();
    } finally {
      if (!following[0] && !session.isLost()) {
        slots.drop(List.of(system));
      }
    }
  }

  /** Main's notes are read at one moment after the peek, and are looked at for gaps in it too. */
  private Optional<String> repairTo(
      Session rows, String offer, Map<String, ChangedTable> peeked, Set<String> kept)
      throws SQLException, DatabaseFailure {
    BothSides.alike(session);
    BothSides.alike(rows);
    SplitRows.lookUp(rows);
    SplitKeys keys = new SplitKeys(session, main, peeked);
    String late = whyCopy();
    if (!late.isEmpty()) {
      throw DatabaseFailure.unfinished(
          "while the rows were read: " + late,
          "both change logs complete to the end",
          "repeat; every table is copied then");
    }
    if (!kept.containsAll(changed(peeked))) {
      return Optional.empty();
    }
    Map<String, SplitTable> tables = SplitTable.read(session);
    Repair repair = new Repair(session, rows);
    session.transaction(
        () -> {
          // Triggers of the application must not fire for what it did not do.
          session.command("SET LOCAL session_replication_role = replica");
          SplitRows.lookUp(session);
          repair.perform(tables, keys);
          subscription.endLeading();
          new ComparisonNotes(session).forget(); // of before the sides parted
          subscription.create(address, offer);
        });
    return Optional.of(repair.words());
  }
}
