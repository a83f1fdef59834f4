package org.gemel.cli.client;

import java.util.Map;
import java.util.function.Supplier;
import org.gemel.cli.Completion;

/** The commands against a control point; each is made only when it is called for. */
public final class ClientCommands {
  private ClientCommands() {}

  public static Map<String, Supplier<Object>> all() {
    return Map.ofEntries(
        Map.entry("status", StatusCommand::new),
        Map.entry("run", RunCommand::new),
        Map.entry("workflow", WorkflowCommand::new),
        Map.entry("database", DatabaseCommand::new),
        Map.entry("preview", PreviewCommand::new),
        Map.entry("browse", BrowseCommand::new),
        Map.entry("folders", FoldersCommand::new),
        Map.entry("device", DeviceCommand::new),
        Map.entry("pair", PairCommand::new),
        Map.entry("user", UserCommand::new),
        Map.entry("token", TokenCommand::new),
        Map.entry("audit", AuditCommand::new),
        Map.entry("login", LogInCommand::new),
        Map.entry("completion", Completion::new));
  }
}
