package org.gemel.control.web;

import java.util.Arrays;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** The single controls, as the dialogs name them. Public for the templates. */
public enum Control {
  SET_MAIN("database-set-main", "Set the database of %s main", "Set main", Ticks.NONE, false),
  SET_BACKUP(
      "database-set-backup", "Set the database of %s backup", "Set backup", Ticks.NONE, false),
  REPLICATION_START(
      "database-start", "Start replication from %s", "Start replication", Ticks.NONE, true),
  REPLICATION_JOIN(
      "database-rejoin",
      "Join the databases again with %s as main",
      "Repair and join",
      Ticks.NONE,
      true),
  REPLICATION_STOP(
      "database-stop", "Stop replication from %s", "Stop replication", Ticks.NONE, false),
  BROWSE_STOP("browse-stop", "Stop browse services", "Stop", Ticks.BROWSE_HOSTS, false),
  BROWSE_POINT(
      "browse-point", "Point browse services at %s", "Point at side", Ticks.BROWSE_HOSTS, false),
  BROWSE_START("browse-start", "Start browse services", "Start", Ticks.BROWSE_HOSTS, false),
  DEVICES_SWITCH(
      "devices-switch", "Switch devices to %s", "Switch devices", Ticks.MOVABLE_DEVICES, false),
  DEVICE_REBOOT("device-reboot", "Force a reboot", "Force reboot", Ticks.GIVEN, false),
  FOLDERS_START(
      "folders-start", "Start the folder mirror from %s", "Start mirror", Ticks.NONE, true),
  FOLDERS_STOP("folders-stop", "Stop the folder mirror on %s", "Stop mirror", Ticks.NONE, false),
  FOLDERS_RUN("folders-run", "Run one pass of the folder mirror", "Run a pass", Ticks.NONE, false);

  /** Which devices the dialog offers to tick. */
  enum Ticks {
    NONE,
    GIVEN,
    BROWSE_HOSTS,
    MOVABLE_DEVICES
  }

  private final String operation;
  private final String title;
  private final String button;
  private final Ticks ticks;
  private final boolean overwrites;

  Control(String operation, String title, String button, Ticks ticks, boolean overwrites) {
    this.operation = operation;
    this.title = title;
    this.button = button;
    this.ticks = ticks;
    this.overwrites = overwrites;
  }

  static Control of(@Nullable String operation) {
    return Arrays.stream(values())
        .filter(c -> c.operation.equals(operation))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.UNKNOWN_NAME,
                    "found no control '" + operation + "': load the page anew"));
  }

  public String operation() {
    return operation;
  }

  public String title(@Nullable Side side) {
    return title.formatted(side == null ? "" : side.name());
  }

  public String button() {
    return button;
  }

  Ticks ticks() {
    return ticks;
  }

  /** Whether the dialog shows first which rows would be lost. */
  public boolean showsLoss() {
    return this == REPLICATION_START || this == REPLICATION_JOIN;
  }

  /** The side it overwrites when it starts from {@code side}; null where it overwrites none. */
  public @Nullable Side overwritten(@Nullable Side side) {
    return overwrites && side != null ? side.other() : null;
  }
}
