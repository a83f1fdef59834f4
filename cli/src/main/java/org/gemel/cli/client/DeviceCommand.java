package org.gemel.cli.client;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.gemel.control.api.DeviceRequest;
import org.gemel.control.api.DeviceStatus;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Devices. */
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Devices: which there are, and which side they use.",
    footer = {"", "Example:", "  gemel device switch --to Y edit-1 edit-2"})
final class DeviceCommand {
  @Command(
      description = "Lists the devices.",
      footer = {"", "Example:", "  gemel device list"})
  int list(@Mixin ConnectionOptions connection) {
    Output output = connection.output();
    String json = connection.client().get("/devices");
    output.data(
        json,
        () ->
            Arrays.stream(ControlClient.read(json, DeviceStatus[].class))
                .forEach(new StatusText(output)::device));
    return 0;
  }

  @Command(
      description = "Shows one device and its services.",
      footer = {"", "Example:", "  gemel device show edit-1"})
  int show(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "NAME") String name) {
    Output output = connection.output();
    String json = connection.client().get("/devices/" + ControlClient.part(name));
    output.data(
        json,
        () -> {
          DeviceStatus device = ControlClient.read(json, DeviceStatus.class);
          new StatusText(output).device(device);
          device
              .services()
              .forEach(s -> output.line("  " + s.name() + ": " + s.state() + " " + s.words()));
        });
    return 0;
  }

  @Command(
      description = "Adds a device by hand.",
      footer = {
        "",
        "Example:",
        "  gemel device add edit-9 --attachment switchable --component editor"
      })
  int add(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--attachment",
              required = true,
              paramLabel = "KIND",
              description = "${COMPLETION-CANDIDATES}")
          Attachment attachment,
      @Option(
              names = "--component",
              required = true,
              paramLabel = "ROLE",
              description = "such as editor or nas-head; may be repeated")
          List<String> components,
      @Option(names = "--side", paramLabel = "SIDE") @Nullable String side) {
    DeviceRequest request =
        new DeviceRequest(
            name,
            attachment,
            components.stream().map(DeviceCommand::component).toList(),
            Operations.side(side));
    if (change.dryRun()) {
      connection.output().line("would add " + request);
      return 0;
    }
    connection.client().post("/devices", request);
    connection.output().note("added " + name);
    return 0;
  }

  @Command(
      description = "Removes a device.",
      footer = {"", "Example:", "  gemel device remove edit-9 --yes"})
  int remove(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "NAME") String name) {
    if (change.dryRun()) {
      connection.output().line("would remove device " + name);
      return 0;
    }
    Questions.ask(change, "Remove device " + name + "?");
    connection.client().delete("/devices/" + ControlClient.part(name));
    connection.output().note("removed " + name);
    return 0;
  }

  @Command(
      name = "switch",
      description = "Switches devices to a side; all that can be if none is named.",
      footer = {"", "Example:", "  gemel device switch --to Y edit-1 edit-2"})
  int move(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--to", required = true, paramLabel = "SIDE") String side,
      @Parameters(paramLabel = "NAME", arity = "0..*") @Nullable List<String> names) {
    return new Operations(connection, change)
        .run("devices-switch", side, names == null ? List.of() : names);
  }

  @Command(
      description = "Forces a device to reboot.",
      footer = {"", "Example:", "  gemel device reboot edit-1"})
  int reboot(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "NAME") String name) {
    return new Operations(connection, change).run("device-reboot", null, List.of(name));
  }

  @Command(
      name = "join-token",
      description = "Prints a one-time token for a device's agent.",
      footer = {"", "Example:", "  gemel device join-token edit-9"})
  int joinToken(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "NAME") String name) {
    if (change.dryRun()) {
      connection.output().line("would make a join token for " + name);
      return 0;
    }
    Map<String, @Nullable Object> request = new HashMap<>();
    request.put("device", name);
    String json = connection.client().post("/join-tokens", request);
    Output output = connection.output();
    output.data(json, () -> output.line(Output.JSON.readTree(json).path("token").asString()));
    return 0;
  }

  private static Component component(String text) {
    try {
      return Component.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_'));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.USAGE,
          "found component '"
              + text
              + "', wanted one of "
              + Arrays.stream(Component.values()).map(c -> c.words().replace(' ', '-')).toList());
    }
  }
}
