package org.gemel.control.status;

import java.time.Instant;
import java.util.Optional;
import org.gemel.control.api.CopyStatus;
import org.gemel.control.api.DatabaseStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.api.SeenAge;
import org.gemel.control.api.SideStatus;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Reality;
import org.gemel.core.Component;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.CopyProgress;
import org.gemel.wire.protocol.DatabaseState;
import org.jspecify.annotations.Nullable;

/** The strips and databases of both sides. */
final class DatabaseStatuses {
  private DatabaseStatuses() {}

  static SideStatus side(Reality reality, Side side) {
    DatabaseStatus database = database(reality, side);
    Role role = database.role();
    if (role == null) {
      return new SideStatus(side, Lamp.UNKNOWN, null, database.stateText(), database);
    }
    boolean held = reality.held(side);
    String words = role == Role.MAIN ? "main" : held ? "held: clients are kept out" : "backup";
    return new SideStatus(side, role == Role.MAIN ? Lamp.GREEN : Lamp.GREY, role, words, database);
  }

  private static DatabaseStatus database(Reality reality, Side side) {
    Optional<DeviceDocument> server =
        reality.site().carrying(Component.DATABASE_SERVER).stream()
            .filter(d -> d.side() == side)
            .findFirst();
    String device = server.map(DeviceDocument::name).orElse("");
    Optional<DatabaseState> state = reality.database(side);
    if (state.isEmpty()) {
      return silent(reality, side, device);
    }
    DatabaseState database = state.get();
    Role role = reality.role(side).orElse(null);
    return new DatabaseStatus(
            side,
            device,
            lamp(role, database),
            role,
            replicationText(database),
            stateText(role, database),
            database.getAssets(),
            database.getLagBytes(),
            database.hasKeptLog() ? database.getKeptLog().getBytes() : 0,
            database.getKeptLog().hasRoom() ? database.getKeptLog().getRoom() : -1,
            instant(database.getRoleSinceMilliseconds()))
        .with(
            database.hasCopy() ? copy(database.getCopy()) : null,
            reality
                .site()
                .heard(device)
                .map(heard -> SeenAges.of(database, heard.at(), reality.site().now()))
                .orElse(SeenAge.UNKNOWN));
  }

  private static CopyStatus copy(CopyProgress copy) {
    return new CopyStatus(
        copy.getTables(),
        copy.getWaiting(),
        copy.getCopying(),
        copy.getHere(),
        copy.getFollowing(),
        copy.getRows(),
        copy.getEstimatedRows(),
        copy.getBytes(),
        copy.getEstimatedBytes(),
        copy.getBytesPerSecond(),
        copy.getSecondsLeft(),
        copy.getIndexesLeft(),
        copy.getBrokenOff(),
        copy.getInWorkList().stream()
            .map(
                table ->
                    new CopyStatus.Table(
                        table.getTable(),
                        table.getState(),
                        table.getRows(),
                        table.getEstimatedRows(),
                        table.getBytes(),
                        table.getEstimatedBytes(),
                        table.getBytesPerSecond(),
                        table.getSecondsLeft()))
            .toList());
  }

  private static DatabaseStatus silent(Reality reality, Side side, String device) {
    Optional<Heard> heard = reality.site().heard(device);
    String words =
        device.isEmpty()
            ? "no database server is known"
            : heard
                .map(
                    h ->
                        reality.report(device).isEmpty()
                            ? "not responding: its agent was last heard " + Times.of(h.at())
                            : "not responding: " + h.report().getDatabase().getWords())
                .orElse("not responding: its agent has not been heard yet");
    return new DatabaseStatus(
        side, device, Lamp.UNKNOWN, null, "unknown", words, -1, -1, -1, -1, null);
  }

  private static Lamp lamp(@Nullable Role role, DatabaseState database) {
    if (database.getReplication().equals("FAILED")) {
      return Lamp.RED;
    }
    if (role == null) {
      return Lamp.UNKNOWN;
    }
    return role == Role.MAIN ? Lamp.GREEN : Lamp.GREY;
  }

  private static String replicationText(DatabaseState database) {
    return switch (database.getReplication()) {
      case "MASTER" -> "running as replication master";
      case "BACKUP" -> "running as replication backup";
      case "BACKUP_COPYING" -> "copying from main: " + database.getReplicationWords();
      case "NONE" -> database.getReplicationWords();
      case "FAILED" -> "failed: " + database.getReplicationWords();
      default -> "unknown";
    };
  }

  private static String stateText(@Nullable Role role, DatabaseState database) {
    String since = " since " + Times.of(Instant.ofEpochMilli(database.getRoleSinceMilliseconds()));
    if (database.getRoleSinceMilliseconds() == 0) {
      since = "";
    }
    if (!database.getHeld().isEmpty()) {
      return "held" + since + ": " + database.getHeld();
    }
    if (role == Role.MAIN) {
      return "online" + since;
    }
    return switch (database.getReplication()) {
      case "BACKUP" -> "backup" + since + ": in sync and replicating";
      case "BACKUP_COPYING" -> "backup" + since + ": being overwritten";
      default -> "standby" + since + ": not replicating";
    };
  }

  private static @Nullable Instant instant(long milliseconds) {
    return milliseconds == 0 ? null : Instant.ofEpochMilli(milliseconds);
  }
}
