package org.gemel.control.fake;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Site;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.DatabaseState;
import org.gemel.wire.protocol.Report;

/** Two database servers, and what they say; the time is stepped. */
public final class FakeDatabases implements Site {
  private final Map<Side, DatabaseState> states = new EnumMap<>(Side.class);
  private Instant now = Scenes.NOW;

  public FakeDatabases() {
    replicates(Side.X);
  }

  /** A side is main, and the other one follows it. */
  public void replicates(Side from) {
    for (Side side : Side.values()) {
      states.put(
          side,
          DatabaseState.newBuilder()
              .setReachable(true)
              .setRole(WireSides.toWire(side == from ? Role.MAIN : Role.BACKUP))
              .setReplication(side == from ? "MASTER" : "BACKUP")
              .setAssets(-1)
              .build());
    }
  }

  /** The database of a side says this from now on. */
  public void says(Side side, UnaryOperator<DatabaseState.Builder> change) {
    states.computeIfPresent(side, (_, before) -> change.apply(before.toBuilder()).build());
  }

  public void fallsSilent(Side side) {
    states.remove(side);
  }

  public void later(long seconds) {
    now = now.plusSeconds(seconds);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public List<DeviceDocument> devices() {
    return Stream.of(Side.values())
        .map(
            side ->
                new DeviceDocument(
                    "db-" + side, Attachment.DEDICATED, List.of(Component.DATABASE_SERVER), side))
        .toList();
  }

  @Override
  public Optional<Heard> heard(String device) {
    return Optional.ofNullable(states.get(Side.parse(device.substring(3))))
        .map(state -> new Heard(Report.newBuilder().setDatabase(state).build(), now, true));
  }

  @Override
  public long look() {
    return 0;
  }
}
