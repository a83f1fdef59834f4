package org.gemel.cli.client;

import java.util.concurrent.Callable;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.RunView;
import org.gemel.control.api.SideStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The pair at a glance. */
@Command(
    name = "status",
    description = "Shows the pair at a glance, as on the first screen.",
    footer = {
      "",
      "Exit: 0, or 9 where the role of a side is not known.",
      "Examples:",
      "  gemel status",
      "  gemel status -o json | jq .mode",
      "  gemel status --watch"
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--watch", description = "print anew after each change, until ended")
  private boolean watch;

  @Override
  public Integer call() throws InterruptedException {
    Output output = connection.output();
    ControlClient client = connection.client();
    String before = "";
    while (true) {
      String json = read(client, output, before);
      PairStatus status = json.isEmpty() ? null : ControlClient.read(json, PairStatus.class);
      String now = status == null ? before : essence(status);
      if (status != null && !now.equals(before)) {
        if (!before.isEmpty() && output.format() == Output.Format.text) {
          output.line("--- " + status.at());
        }
        output.data(json, () -> new StatusText(output).print(status));
        before = now;
      }
      if (!watch && status != null) {
        return known(status.x()) && known(status.y())
            ? ExitCode.DONE.code()
            : ExitCode.UNKNOWN.code();
      }
      Thread.sleep(1000);
    }
  }

  /** Empty while a watched control point is away. */
  private String read(ControlClient client, Output output, String before) {
    try {
      return client.get("/status");
    } catch (Failure e) {
      if (!watch || e.code() != ExitCode.UNREACHABLE) {
        throw e;
      }
      if (!before.isEmpty()) {
        output.note(String.valueOf(e.getMessage()));
      }
      return "";
    }
  }

  /** What makes a status worth printing again: all of it but the time it was taken. */
  private static String essence(PairStatus s) {
    RunView run = s.currentRun();
    return ""
        + s.mode()
        + s.words()
        + s.x()
        + s.y()
        + s.replication()
        + s.folderMirror()
        + s.browse()
        + s.pendingOperations()
        + s.waiting()
        + (run == null ? "" : run)
        + s.devices().stream().map(d -> d.name() + d.side() + d.lamp() + d.text()).toList();
  }

  private static boolean known(SideStatus side) {
    return side.role() != null;
  }
}
