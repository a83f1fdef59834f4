package org.gemel.agent.engine;

import static org.gemel.agent.command.Outcomes.done;

import java.util.Set;
import org.gemel.agent.command.Stages;
import org.gemel.core.Side;
import org.gemel.database.DatabaseFailure;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.HealPlan;
import org.gemel.wire.protocol.Outcome;

/** Brings a database that follows to main's form again. */
final class HealCommands {
  private HealCommands() {}

  static Outcome.Builder perform(DatabaseEngine engine, Side side, Command command, Stages stages)
      throws DatabaseFailure {
    return switch (command.getActionCase()) {
      case FIND_HEALING -> {
        stages.at("comparing definitions");
        var plan = engine.beginHealing(command.getFindHealing().getRoleEpoch());
        yield done("Compared the definitions of both databases.")
            .setHealPlan(
                HealPlan.newBuilder()
                    .addAllAnew(plan.anew())
                    .addAllCommands(plan.commands())
                    .addAllUndecided(plan.undecided()));
      }
      case HEAL_DATABASE -> {
        stages.at("altering what main has altered");
        var heal = command.getHealDatabase();
        engine.heal(Set.copyOf(heal.getAnewList()), heal.getRoleEpoch());
        yield done("Database " + side + " has the form of " + side.other() + ".");
      }
      case FOLLOW_HEALED -> {
        engine.followHealed(command.getFollowHealed().getRoleEpoch());
        yield done("Database " + side + " follows all that " + side.other() + " offers.");
      }
      default -> throw new IllegalArgumentException("not of healing: " + command);
    };
  }
}
