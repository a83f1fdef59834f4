package org.gemel.cli.client;

import java.util.Locale;
import org.gemel.cli.Output;
import org.gemel.control.api.DatabaseStatus;
import org.gemel.control.api.DeviceStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.RunView;
import org.gemel.control.api.SideStatus;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** The pair at a glance, as on the first screen. */
final class StatusText {
  private final Output output;

  StatusText(Output output) {
    this.output = output;
  }

  void print(PairStatus status) {
    output.line(status.pair() + ": " + status.words());
    side(status.x());
    side(status.y());
    row(
        status.replication().lamp(),
        "replication",
        status.replication().state(),
        status.replication().words());
    row(
        status.folderMirror().lamp(),
        "folders",
        status.folderMirror().running() ? "running" : "stopped",
        status.folderMirror().words());
    row(
        status.browse().lamp(),
        "browse",
        status.browse().activeOn() == null ? "on no side" : "on " + status.browse().activeOn(),
        status.browse().words());
    devices(status, Side.X);
    devices(status, Side.Y);
    devices(status, null);
    if (status.pendingOperations() > 0) {
      output.line("pending operations: " + status.pendingOperations());
    }
    RunView run = status.currentRun();
    if (run != null) {
      output.line(
          "run "
              + run.id()
              + ", "
              + run.title()
              + ": "
              + RunText.state(run.state())
              + ". "
              + run.words());
    }
    status.waiting().forEach(why -> output.line("waits: " + why));
  }

  void side(SideStatus side) {
    row(side.lamp(), side.side().name(), side.words(), database(side.database()));
  }

  void device(DeviceStatus device) {
    row(
        device.lamp(),
        device.name(),
        device.side() == null ? "no side" : "on " + device.side(),
        device.components().stream().map(c -> c.words()).toList() + " " + device.text());
  }

  private void devices(PairStatus status, @Nullable Side side) {
    status.devices().stream().filter(d -> d.side() == side).forEach(this::device);
  }

  private static String database(DatabaseStatus database) {
    return database.stateText()
        + "; "
        + database.replicationText()
        + (database.assets() < 0
            ? ""
            : String.format(Locale.ENGLISH, "; %,d assets", database.assets()))
        + (database.seen().words().isEmpty() ? "" : " (" + database.seen().words() + ")");
  }

  void row(Lamp lamp, String name, String state, String words) {
    output.line(String.format(Locale.ENGLISH, "%s %-12s %-22s %s", lamp(lamp), name, state, words));
  }

  private String lamp(Lamp lamp) {
    String word =
        String.format(
            Locale.ENGLISH,
            "%-8s",
            switch (lamp) {
              case GREEN -> "good";
              case GREY -> "off";
              case YELLOW -> "changing";
              case RED -> "FAILED";
              case UNKNOWN -> "unknown";
            });
    if (!output.colour()) {
      return word;
    }
    String code =
        switch (lamp) {
          case GREEN -> "32";
          case GREY -> "2";
          case YELLOW -> "33";
          case RED -> "1;31";
          case UNKNOWN -> "7";
        };
    return "\u001b[" + code + "m" + word + "\u001b[0m";
  }
}
