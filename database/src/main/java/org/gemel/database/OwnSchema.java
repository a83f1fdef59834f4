package org.gemel.database;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Role;

/**
 * What Gemel itself keeps in a database, in the schema {@code gemel}. But for the {@link Canary} it
 * is never published, so each side has its own.
 *
 * <ul>
 *   <li>{@code mark}: the role it was last told to have
 *   <li>{@code copying}: a row while its tables hold only a part of a copy. Written in the
 *       transaction that empties them and taken away only when every table follows, so a half copy
 *       can never be opened as if it were the whole; {@code healing} while some tables are taken
 *       out of it to be copied again
 *   <li>{@code follower}: which servers copied from this one, so that what their table copies left
 *       over here can be told from what belongs to somebody else
 *   <li>{@code following}: which form of the subscription's catalogue row is of our making; any
 *       change by hand gives that row another; and the form of main's {@link Offer} since then
 *   <li>{@code copied}, {@code index_aside}: see {@link CopyNotes}
 *   <li>{@code turn}: see {@link TurnNotes}
 *   <li>{@code canary}: see {@link Canary}
 *   <li>{@code comparison}, {@code compared}, {@code differing}: see {@link ComparisonNotes}
 *   <li>{@code conflicts_settled}: see {@link Conflicts}
 *   <li>{@code change_log} and what goes with it: see {@link ChangeNotes}
 * </ul>
 */
final class OwnSchema {
  private final Session session;

  OwnSchema(Session session) {
    this.session = session;
  }

  /** Makes what is missing. */
  void create() throws SQLException, DatabaseFailure {
    if (isWhole()) {
      return;
    }
    session.transaction(
        () -> {
          session.command("CREATE SCHEMA IF NOT EXISTS gemel");
          session.command(
              """
              CREATE TABLE IF NOT EXISTS gemel.mark (
                single boolean PRIMARY KEY DEFAULT true CHECK (single),
                role text NOT NULL CHECK (role IN ('MAIN', 'BACKUP')),
                epoch bigint NOT NULL,
                since timestamptz NOT NULL DEFAULT clock_timestamp())""");
          session.command(
              """
              CREATE TABLE IF NOT EXISTS gemel.copying (
                single boolean PRIMARY KEY DEFAULT true CHECK (single),
                since timestamptz NOT NULL DEFAULT clock_timestamp())""");
          session.command(
              """
              CREATE TABLE IF NOT EXISTS gemel.follower (
                system_identifier text PRIMARY KEY,
                since timestamptz NOT NULL DEFAULT clock_timestamp())""");
          session.command(
              """
              CREATE TABLE IF NOT EXISTS gemel.following (
                single boolean PRIMARY KEY DEFAULT true CHECK (single),
                row_version text NOT NULL)""");
          // An earlier release made them without.
          session.command(
              "ALTER TABLE gemel.copying ADD COLUMN IF NOT EXISTS healing boolean NOT NULL"
                  + " DEFAULT false");
          session.command("ALTER TABLE gemel.following ADD COLUMN IF NOT EXISTS offer text");
          session.command(TurnNotes.TABLE);
          session.command(TurnNotes.DIFFERING);
          for (String command : CopyNotes.TABLES) {
            session.command(command);
          }
          session.command(Canary.TABLE);
          for (String table : ChangeNotes.TABLES) {
            session.command(table);
          }
          for (String table : ComparisonNotes.TABLES) {
            session.command(table);
          }
          session.command(Conflicts.TABLE);
        });
  }

  /** Whether all is there that this release keeps. */
  boolean isWhole() throws SQLException {
    return session.holds("SELECT to_regclass('gemel.conflicts_settled') IS NOT NULL"); // the last
  }

  Optional<Mark> mark() throws SQLException {
    if (!session.holds("SELECT to_regclass('gemel.mark') IS NOT NULL")) {
      return Optional.empty();
    }
    return session.first(
        "SELECT role, epoch, since FROM gemel.mark",
        row ->
            new Mark(
                Role.valueOf(row.getString(1)), row.getLong(2), row.getTimestamp(3).toInstant()));
  }

  /** Refuses a command that is older than the last role change. */
  void requireEpoch(long epoch) throws SQLException, DatabaseFailure {
    Optional<Mark> mark = mark();
    if (mark.isPresent() && epoch < mark.get().epoch()) {
      throw lateCommand(epoch, mark.get());
    }
  }

  /** Writes the mark; keeps its time where the role stays. Part of the caller's transaction. */
  void setMark(Role role, long epoch) throws SQLException, DatabaseFailure {
    int written =
        session.change(
            """
            INSERT INTO gemel.mark AS found (role, epoch) VALUES (?, ?)
            ON CONFLICT (single) DO UPDATE SET role = excluded.role, epoch = excluded.epoch,
              since = CASE WHEN found.role = excluded.role THEN found.since ELSE excluded.since END
            WHERE found.epoch <= excluded.epoch""",
            role.name(),
            epoch);
    if (written != 1) {
      throw lateCommand(epoch, mark().orElseThrow());
    }
  }

  Optional<Instant> copyingSince() throws SQLException {
    if (!session.holds("SELECT to_regclass('gemel.copying') IS NOT NULL")) {
      return Optional.empty();
    }
    return session
        .first("SELECT since FROM gemel.copying", row -> row.getTimestamp(1))
        .map(Timestamp::toInstant);
  }

  /** Some tables are out of the replication until {@link #endHealing}, and empty perhaps. */
  void beginHealing() throws SQLException {
    session.change(
        """
        INSERT INTO gemel.copying (healing) VALUES (true)
        ON CONFLICT (single) DO UPDATE SET healing = true""");
  }

  /** They are being copied: it is a copy like any other. */
  void endHealing() throws SQLException {
    session.change("UPDATE gemel.copying SET healing = false");
  }

  boolean isHealing() throws SQLException {
    // As text, since an earlier release made that table without.
    return session.holds("SELECT to_regclass('gemel.copying') IS NOT NULL")
        && session.holds(
            "SELECT EXISTS (SELECT 1 FROM gemel.copying c WHERE to_jsonb(c) ->> 'healing' = 'true')");
  }

  /**
   * It is whole, if that is so still in this very statement: every table of a subscription that
   * works follows, none is out of it, and nobody has begun anew.
   */
  void endCopying(String subscription) throws SQLException {
    session.change(
        """
        DELETE FROM gemel.copying c
        WHERE coalesce(to_jsonb(c) ->> 'healing', 'false') = 'false'
          AND to_jsonb(c) ->> 'token' IS NULL
          AND EXISTS (SELECT 1 FROM pg_subscription s WHERE s.subname = ? AND s.subenabled)
          AND NOT EXISTS (SELECT 1 FROM pg_subscription s
            JOIN pg_subscription_rel r ON r.srsubid = s.oid
            WHERE s.subname = ? AND r.srsubstate <> 'r')""",
        subscription,
        subscription);
  }

  /** What tells this server from all others. */
  void addFollower(String systemIdentifier) throws SQLException {
    session.change(
        "INSERT INTO gemel.follower (system_identifier) VALUES (?) ON CONFLICT DO NOTHING",
        systemIdentifier);
  }

  /** Notes that the subscription is as we made it. Part of the transaction that makes it. */
  void noteFollowing(String subscription, String offer) throws SQLException {
    forgetFollowing();
    session.change(
        "INSERT INTO gemel.following (row_version, offer)"
            + " SELECT oid || ' ' || xmin, ? FROM pg_subscription WHERE subname = ?",
        offer,
        subscription);
  }

  /** The same as long as it follows by the subscription that it has now; empty where by none. */
  String followingVersion() throws SQLException {
    return session.holds("SELECT to_regclass('gemel.following') IS NULL")
        ? ""
        : session
            .first("SELECT row_version FROM gemel.following", row -> row.getString(1))
            .orElse("");
  }

  void forgetFollowing() throws SQLException {
    if (session.holds("SELECT to_regclass('gemel.following') IS NOT NULL")) {
      session.change("DELETE FROM gemel.following");
    }
  }

  /** Whether nobody has altered the subscription, also not back, since we made it. */
  boolean isAsMade(String subscription) throws SQLException {
    return session.holds(
        """
        SELECT EXISTS (SELECT 1 FROM pg_subscription s JOIN gemel.following f
          ON f.row_version = s.oid || ' ' || s.xmin WHERE s.subname = ? AND s.subenabled)""",
        subscription);
  }

  /** Whether main offers just the tables that it did when the subscription was made. */
  boolean isOffer(Offer main) throws SQLException {
    String noted = offer();
    return noted.equals(main.formerFingerprint())
        || Offer.withoutDigests(noted).equals(Offer.withoutDigests(main.text()));
  }

  /** Whether its tables have the columns of then; so told, too, where nobody noted those. */
  boolean isOfSameColumns(Offer main) throws SQLException {
    String noted = offer();
    return noted.equals(Offer.withoutDigests(noted)) || noted.equals(main.text());
  }

  /** What main offered when the subscription was made, or last healed; empty if that is unknown. */
  String offer() throws SQLException {
    return session
        .first(
            "SELECT coalesce(to_jsonb(f) ->> 'offer', '') FROM gemel.following f",
            row -> row.getString(1))
        .orElse("");
  }

  void noteOffer(String offer) throws SQLException {
    session.change("UPDATE gemel.following SET offer = ?", offer);
  }

  List<String> followers() throws SQLException {
    if (!session.holds("SELECT to_regclass('gemel.follower') IS NOT NULL")) {
      return List.of();
    }
    return session.texts("SELECT system_identifier FROM gemel.follower");
  }

  private static DatabaseFailure lateCommand(long epoch, Mark mark) {
    return DatabaseFailure.refused(
        "a command of epoch "
            + epoch
            + ", while this database became "
            + mark.role()
            + " in epoch "
            + mark.epoch(),
        "one of epoch " + mark.epoch() + " or later",
        "nothing need be done: it is a late command of a control point that no longer acts");
  }
}
