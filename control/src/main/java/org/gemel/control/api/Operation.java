package org.gemel.control.api;

import java.util.List;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * A single control, outside or beside a run: it is journalled like a run of one step, and ticks the
 * matching step of the current run.
 *
 * @param name one of database-set-main, database-set-backup, database-start, database-copy-server,
 *     database-rejoin, database-stop, database-heal, database-compare, database-repair,
 *     browse-stop, browse-point, browse-start, devices-switch, device-reboot, folders-start,
 *     folders-stop, folders-run, folders-pause, folders-resume, folders-verify
 * @param side the side it concerns, where it concerns one
 * @param devices the devices it concerns; empty means all it can concern
 * @param confirm the side that may be overwritten, for those that overwrite
 * @param profile the one profile of the folder mirror it concerns; null: all of them
 * @param now folders-pause: passes at work end between files instead of going on to their end
 * @param content folders-verify: files are read, instead of taking equal size and time for equal
 * @param preview database-start, database-rejoin: the hash of the preview that was approved
 * @param drop database-start: the hash of the list of what only the backup has and may be dropped
 * @param server database-copy-server: the hash of the list of what the backup's whole server holds
 *     and may be overwritten
 * @param comparison database-compare: how; null: as the agent's file says
 */
public record Operation(
    String name,
    @Nullable Side side,
    List<String> devices,
    @Nullable String confirm,
    @Nullable String profile,
    boolean now,
    boolean content,
    @Nullable String preview,
    @Nullable String drop,
    @Nullable String server,
    @Nullable ComparisonOrder comparison) {

  /** An operation that concerns no single profile. */
  public Operation(
      String name, @Nullable Side side, List<String> devices, @Nullable String confirm) {
    this(name, side, devices, confirm, null);
  }

  /** An operation that may overwrite what was seen in a preview. */
  public Operation(
      String name,
      @Nullable Side side,
      List<String> devices,
      @Nullable String confirm,
      @Nullable String preview) {
    this(name, side, devices, confirm, null, false, false, preview, null, null, null);
  }

  /** The same, which may drop what that list names. */
  public Operation dropping(@Nullable String list) {
    return new Operation(
        name, side, devices, confirm, profile, now, content, preview, list, server, comparison);
  }

  /** A start by a copy of main's whole server, which may overwrite what that list names. */
  public static Operation copyingServer(
      @Nullable Side from,
      @Nullable String confirm,
      @Nullable String preview,
      @Nullable String list) {
    return new Operation(
        "database-copy-server",
        from,
        List.of(),
        confirm,
        null,
        false,
        false,
        preview,
        null,
        list,
        null);
  }

  /** An operation on the folder mirror, where it runs. */
  public static Operation onFolders(
      String name, @Nullable String profile, boolean now, boolean content) {
    return new Operation(
        name, null, List.of(), null, profile, now, content, null, null, null, null);
  }

  /** A comparison of both databases. */
  public static Operation comparing(ComparisonOrder comparison) {
    return new Operation(
        "database-compare",
        null,
        List.of(),
        null,
        null,
        false,
        false,
        null,
        null,
        null,
        comparison);
  }
}
