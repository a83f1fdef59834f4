package org.gemel.control.runs;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gemel.control.fake.FakeFacts;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.DatabaseComparison;
import org.gemel.wire.protocol.DatabaseState;
import org.gemel.wire.protocol.HealPlan;
import org.gemel.wire.protocol.Outcome;

/** The two databases of a facility in memory; X leads and Y follows. */
final class SimulatedDatabases {
  private static final class Database {
    long epoch;
    boolean open;
    boolean marked;
    String replication = "NONE";
    long rows;
    boolean heldAtLast, keepsLogForOther;
  }

  private final Map<Side, Database> databases = new EnumMap<>(Side.class);
  private boolean keyless;
  private String differing = "";

  SimulatedDatabases() {
    for (Side side : Side.values()) {
      databases.put(side, new Database());
      databases.get(side).rows = 100;
    }
    databases.get(Side.X).open = true;
    databases.get(Side.X).marked = true;
    databases.get(Side.X).replication = "MASTER";
    databases.get(Side.Y).replication = "BACKUP";
  }

  /** X has a table without key from now on. */
  void loseAKey() {
    keyless = true;
  }

  /** At a switch, only this table is not proven equal. */
  void differsIn(String table) {
    differing = table;
  }

  /** Clients write a row to whichever lets them. */
  void clientsWork() {
    databases.values().stream().filter(d -> d.open).forEach(d -> d.rows++);
    follow();
  }

  private void follow() {
    for (Side from : Side.values()) {
      if (databases.get(from).replication.equals("MASTER")
          && databases.get(from.other()).replication.equals("BACKUP")) {
        databases.get(from.other()).rows = databases.get(from).rows;
      }
    }
  }

  boolean bothOpen() {
    return databases.values().stream().allMatch(d -> d.open);
  }

  long rows(Side side) {
    return databases.get(side).rows;
  }

  String truth(Side side) {
    Database d = databases.get(side);
    return "open=%s marked=%s %s".formatted(d.open, d.marked, d.replication);
  }

  DatabaseState state(Side side) {
    Database d = databases.get(side);
    return DatabaseState.newBuilder()
        .setReachable(true)
        .setRole(WireSides.toWire(d.open ? Role.MAIN : Role.BACKUP))
        .setRoleEpoch(d.epoch)
        .setHeld(!d.open && d.marked ? "a switch is under way" : "")
        .setReplication(d.replication)
        .setAssets(d.rows)
        .addAllTurnedTables(d.open && !differing.isEmpty() ? List.of(differing) : List.of())
        .setComparison(DatabaseComparison.newBuilder().setDiffering(1))
        .build();
  }

  /** Does what a command wants; false where it is none of a database. */
  boolean act(Side side, Command command, Outcome.Builder outcome) {
    Database here = databases.get(side);
    switch (command.getActionCase()) {
      case HOLD_DATABASE -> {
        here.open = false;
        if (command.getHoldDatabase().getLastPosition()) {
          here.heldAtLast = true;
          outcome.setPosition("0/" + here.rows);
        }
      }
      case MARK_DATABASE_BACKUP -> {
        must(command.getMarkDatabaseBackup().getRoleEpoch() >= here.epoch, "an old epoch");
        here.epoch = command.getMarkDatabaseBackup().getRoleEpoch();
        here.open = false;
        here.marked = false;
        outcome.setProven(command.getMarkDatabaseBackup().getProve());
      }
      case OPEN_DATABASE_AS_MAIN -> {
        must(!here.replication.startsWith("BACKUP"), "opened while it follows");
        here.epoch = command.getOpenDatabaseAsMain().getRoleEpoch();
        here.heldAtLast = false;
        here.open = true;
        here.marked = true;
      }
      case READ_POSITION -> {
        here.heldAtLast = command.getReadPosition().getLast();
        must(!(here.heldAtLast && here.open), "a last position of an open database");
        outcome.setPosition("0/" + here.rows);
      }
      case AWAIT_CONFIRMED -> {
        boolean follows =
            here.replication.equals("MASTER")
                && databases.get(side.other()).replication.equals("BACKUP");
        follow();
        outcome.setDone(follows).setWords(follows ? "" : "nobody follows");
      }
      case PUBLISH -> {
        here.keepsLogForOther = false;
        here.replication = "MASTER";
      }
      case READ_DATABASE_FACTS ->
          outcome.setDatabaseFacts(
              FakeFacts.packed(
                  FakeFacts.of(
                      side,
                      here.marked ? "MAIN" : "BACKUP",
                      FakeFacts.table("public.assets", !keyless || side == Side.Y))));
      case FIND_HEALING ->
          outcome.setHealPlan(
              HealPlan.newBuilder().addAnew("t").addCommands("ALTER TABLE t ADD COLUMN c int"));
      case REPAIR_DATABASE -> {
        must(!here.open, "repairs an open database");
        if (!command.getRepairDatabase().getProve()) {
          outcome.addAnew("t");
        }
      }
      case FORESEE_TURN -> {
        must(databases.get(side.other()).open, "looks ahead while clients wait");
        outcome.setProven(differing.isEmpty());
      }
      case UNPUBLISH -> here.replication = "NONE";
      case UNSUBSCRIBE -> {
        Database main = databases.get(side.other());
        boolean turn = command.getUnsubscribe().getTurn();
        here.keepsLogForOther = turn && main.heldAtLast && main.rows == here.rows;
        here.replication = "NONE";
        outcome.setWords("turned: " + here.keepsLogForOther);
      }
      case FOLLOW -> {
        Database main = databases.get(side.other());
        boolean equal =
            here.heldAtLast
                && main.keepsLogForOther
                && (differing.isEmpty() || command.getFollow().getCopyDiffering());
        outcome.setDone(equal).setWords(equal ? "no copy" + differing : "not proven equal");
        if (equal) {
          must(!here.open && main.open, "follows without roles");
          here.heldAtLast = false;
          here.replication = "BACKUP";
          main.replication = "MASTER";
          follow();
        }
      }
      case REJOIN -> {
        must(!here.open, "overwrites an open database");
        must(command.getRejoin().getApproved().equals("seen"), "overwrites what nobody saw");
        here.replication = "BACKUP";
        follow();
      }
      case SUBSCRIBE -> {
        must(!here.open, "overwrites an open database");
        here.heldAtLast = false;
        here.replication = "BACKUP";
        follow();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void must(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
