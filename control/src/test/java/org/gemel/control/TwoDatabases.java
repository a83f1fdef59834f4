package org.gemel.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gemel.control.fake.Scenes;
import org.gemel.control.runs.OrderDesk;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Site;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.DatabaseState;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;

/** Two database servers; X is main. */
final class TwoDatabases implements Site, OrderDesk {
  final List<String> silent = new ArrayList<>();
  final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final Function<Side, Outcome> answers;

  TwoDatabases(Function<Side, Outcome> answers) {
    this.answers = answers;
  }

  private static Side side(String device) {
    return device.equals("db-x") ? Side.X : Side.Y;
  }

  @Override
  public Outcome order(String device, Command command, Duration within) throws StepFailure {
    return answers.apply(side(device));
  }

  @Override
  public void seen(String device, String command) {
    seen.add(command);
  }

  @Override
  public int pending() {
    return 0;
  }

  @Override
  public Instant now() {
    return Scenes.NOW;
  }

  @Override
  public List<DeviceDocument> devices() {
    return Arrays.stream(Side.values())
        .map(
            side ->
                new DeviceDocument(
                    side == Side.X ? "db-x" : "db-y",
                    Attachment.DEDICATED,
                    List.of(Component.DATABASE_SERVER),
                    side))
        .toList();
  }

  @Override
  public Optional<Heard> heard(String device) {
    Role role = side(device) == Side.X ? Role.MAIN : Role.BACKUP;
    Report report =
        Report.newBuilder()
            .setDatabase(
                DatabaseState.newBuilder().setReachable(true).setRole(WireSides.toWire(role)))
            .build();
    return Optional.of(new Heard(report, now(), !silent.contains(device)));
  }

  @Override
  public long look() {
    return 0;
  }
}
