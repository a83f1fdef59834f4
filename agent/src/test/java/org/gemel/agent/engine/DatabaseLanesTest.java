package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Optional;
import org.gemel.core.Side;
import org.gemel.wire.protocol.AwaitInitialCopy;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.HoldDatabase;
import org.gemel.wire.protocol.RepairDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What lasts long and changes nothing keeps no order of a switch waiting. */
@Tag("B-24")
final class DatabaseLanesTest {
  private final DatabasePart part =
      new DatabasePart(
          Side.Y,
          (DatabaseEngine)
              Proxy.newProxyInstance(
                  DatabaseEngine.class.getClassLoader(),
                  new Class<?>[] {DatabaseEngine.class},
                  (_, method, _) -> {
                    throw new AssertionError("nothing is asked of the database: " + method);
                  }));

  private Optional<String> lane(Command.Builder command) {
    return part.lane(command.build());
  }

  @Test
  void aRepairIsInTheLaneOfChangesAndTheProofOfItIsNot() {
    var repair = RepairDatabase.newBuilder().setRoleEpoch(1);
    Optional<String> changes =
        lane(Command.newBuilder().setHoldDatabase(HoldDatabase.getDefaultInstance()));
    assertThat(changes).isPresent();
    assertThat(lane(Command.newBuilder().setRepairDatabase(repair))).isEqualTo(changes);
    assertThat(lane(Command.newBuilder().setRepairDatabase(repair.setProve(true)))).isEmpty();
    assertThat(
            lane(Command.newBuilder().setAwaitInitialCopy(AwaitInitialCopy.getDefaultInstance())))
        .isEmpty();
  }
}
