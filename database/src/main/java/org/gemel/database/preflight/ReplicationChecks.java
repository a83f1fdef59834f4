package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.NOTE;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

import java.util.List;
import org.gemel.database.preflight.DatabaseFacts.PublicationFacts;
import org.gemel.database.preflight.DatabaseFacts.ReachFacts;
import org.gemel.database.preflight.DatabaseFacts.SubscriptionFacts;
import org.gemel.database.preflight.ServerFacts.SlotFacts;
import org.gemel.database.preflight.ServerFacts.TransactionFacts;

/** What replicates already, what was left over, what stands in the way, and who reaches whom. */
final class ReplicationChecks {
  private static final long LONG_SECONDS = 60;

  private final Findings findings;

  ReplicationChecks(Findings findings) {
    this.findings = findings;
  }

  void check(DatabaseFacts main, DatabaseFacts backup) {
    main.server().slots().forEach(slot -> slot(slot, MAIN));
    backup.server().slots().forEach(slot -> slot(slot, BACKUP));
    main.publications().forEach(this::publication);
    main.subscriptions().forEach(this::subscriptionOfMain);
    backup.subscriptions().forEach(this::subscriptionOfBackup);
    main.server().prepared().forEach(this::prepared);
    main.server().open().stream().filter(t -> t.seconds() > LONG_SECONDS).forEach(this::open);
    reach(backup.reach(), BACKUP, main);
    reach(main.reach(), MAIN, backup);
  }

  private void slot(SlotFacts slot, Place place) {
    boolean handled = slot.here() && (slot.own() || slot.follower()); // a start or stop drops it
    if (handled || slot.active()) {
      return;
    }
    String what = slot.tableCopy() ? "a left-over slot of a table copy, " : "an idle slot, ";
    findings
        .add(WARNING, place, "slot", slot.name())
        .found(
            what
                + slot.name()
                + (slot.lost()
                    ? ", whose log is lost"
                    : ", for which " + slot.keptBytes() + " bytes of log are kept"))
        .wanted("none that nobody reads, for it fills that server's disk")
        .cure(
            "drop it if whoever read it does not come back",
            "SELECT pg_drop_replication_slot('" + slot.name().replace("'", "''") + "')");
  }

  private void publication(PublicationFacts publication) {
    if (!publication.own()) {
      findings
          .add(NOTE, MAIN, "publication", publication.name())
          .found("the publication " + publication.name() + ", not of this pair")
          .wanted("to know of it")
          .cure("nothing need be done: it is left alone");
      return;
    }
    if (!publication.kinds().equals("iudt") || publication.viaRoot()) {
      findings
          .add(BLOCKER, MAIN, "publication", publication.name())
          .found(
              "this pair's publication offering only "
                  + publication.kinds()
                  + " of insert, update, delete, truncate"
                  + (publication.viaRoot() ? ", and partitions as their root" : ""))
          .wanted("all changes, of each partition as itself")
          .cure(
              "set it right",
              "ALTER PUBLICATION "
                  + publication.name()
                  + " SET (publish = 'insert, update, delete, truncate',"
                  + " publish_via_partition_root = false)");
    }
    if (!publication.partial().isEmpty()) {
      findings
          .add(NOTE, MAIN, "publication", publication.name())
          .found("only some columns or rows on offer of " + publication.partial())
          .wanted("whole tables")
          .cure("nothing need be done: the start offers them whole");
    }
  }

  private void subscriptionOfMain(SubscriptionFacts subscription) {
    if (subscription.own()) {
      findings
          .add(BLOCKER, MAIN, "subscription", subscription.name())
          .found("main itself following, by this pair's subscription")
          .wanted("it to follow nothing")
          .cure("stop the replication to it first, with `gemel database stop`");
      return;
    }
    foreign(WARNING, MAIN, subscription, "to know who else writes to main");
  }

  private void subscriptionOfBackup(SubscriptionFacts subscription) {
    if (subscription.own()) {
      findings
          .add(NOTE, BACKUP, "subscription", subscription.name())
          .found("a replication that is set up already")
          .wanted("to know of it")
          .cure("nothing need be done: a start makes it anew");
      return;
    }
    boolean writes = subscription.enabled() && subscription.tables() > 0;
    foreign(
        writes ? BLOCKER : WARNING,
        BACKUP,
        subscription,
        "nobody but this pair to write to a backup");
  }

  private void foreign(Level level, Place place, SubscriptionFacts subscription, String wanted) {
    findings
        .add(level, place, "subscription", subscription.name())
        .found(
            "the subscription "
                + subscription.name()
                + ", not of this pair, "
                + (subscription.enabled() ? "writing to " : "disabled, of ")
                + subscription.tables()
                + " tables")
        .wanted(wanted)
        .cure(
            "drop it if it is not wanted, and its slot on the server it reads from",
            "ALTER SUBSCRIPTION " + subscription.name() + " DISABLE",
            "ALTER SUBSCRIPTION " + subscription.name() + " SET (slot_name = NONE)",
            "DROP SUBSCRIPTION " + subscription.name());
  }

  private void prepared(TransactionFacts transaction) {
    findings
        .add(
            transaction.seconds() > LONG_SECONDS ? BLOCKER : WARNING,
            MAIN,
            "prepared-transaction",
            transaction.name())
        .found(
            "a prepared transaction '"
                + transaction.name()
                + "' of database "
                + transaction.database()
                + ", undecided for "
                + transaction.seconds()
                + " s ("
                + transaction.words()
                + ")")
        .wanted("none: a copy begins only when it has ended")
        .cure(
            "let its coordinator decide it, or, in its database, ROLLBACK PREPARED '"
                + transaction.name().replace("'", "''")
                + "'");
  }

  private void open(TransactionFacts transaction) {
    findings
        .add(WARNING, MAIN, "long-transaction", transaction.name())
        .found(
            "a transaction that writes, open for "
                + transaction.seconds()
                + " s ("
                + transaction.words()
                + ")")
        .wanted("none of more than a minute: a copy begins only when it has ended")
        .cure("end it", "SELECT pg_terminate_backend(" + transaction.name() + ")");
  }

  private void reach(ReachFacts reach, Place from, DatabaseFacts to) {
    Level level = from == BACKUP ? BLOCKER : WARNING;
    String way =
        from == BACKUP ? "its server to reach main" : "its server to reach the backup at a switch";
    switch (reach.state()) {
      case "REACHED" -> {}
      case "ANSWERED" -> {
        boolean userYet = List.of("ready", "superuser").contains(to.roles().replicationUser());
        findings
            .add(userYet ? level : NOTE, from, "reach", "")
            .found("no entry to " + reach.address() + ": " + reach.words())
            .wanted(way + " as " + to.roles().replication())
            .cure(
                userYet
                    ? "correct address and password in the settings of this side, or pg_hba.conf of"
                        + " the other"
                    : "the server there answers; whether it lets us in can only be seen once the"
                        + " replication user is made, which publishing does");
      }
      case "SILENT" ->
          findings
              .add(level, from, "reach", "")
              .found("no answer from " + reach.address() + ": " + reach.words())
              .wanted(way)
              .cure("see listen_addresses there, the firewall, and the address in the settings");
      default ->
          findings
              .add(WARNING, from, "reach", "")
              .found("the way to " + reach.address() + " untried: " + reach.words())
              .wanted(way)
              .cure("cure what it names and check again");
    }
  }
}
