package org.gemel.cli.client;

import java.util.Locale;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.gemel.control.api.DatabaseCheck;
import org.gemel.control.api.DatabaseCheck.DatabaseFinding;

/** A look over both databases, for people and for a monitoring system. */
final class DatabaseCheckText {
  private static final int OK = 0;
  private static final int WARNING = 1;
  private static final int CRITICAL = 2;
  private static final int UNKNOWN = 3;

  private final Output output;

  DatabaseCheckText(Output output) {
    this.output = output;
  }

  /** The worst first; commands can be copied as they are. */
  void show(DatabaseCheck check) {
    for (DatabaseFinding finding : check.findings()) {
      output.line(
          "%-8s %s  %s%s"
              .formatted(
                  finding.level().toLowerCase(Locale.ROOT),
                  finding.side(),
                  finding.check(),
                  finding.subject().isEmpty() ? "" : "  " + finding.subject()));
      output.line("         found:  " + finding.found());
      output.line("         wanted: " + finding.wanted());
      output.line("         cure:   " + finding.cure());
      for (String command : finding.commands()) {
        output.line("           " + command.replace("\n", "\n           ") + ";");
      }
      if (finding.restart()) {
        output.line("           then restart the database server of " + finding.side());
      }
    }
    output.line(check.words());
  }

  /** One line, and the number that says the same. */
  static int nagios(Output output, ControlClient client, String path) {
    try {
      DatabaseCheck check = client.get(path, DatabaseCheck.class);
      boolean warned = check.findings().stream().anyMatch(f -> f.level().equals("WARNING"));
      int code =
          switch (check.state()) {
            case "READY" -> warned ? WARNING : OK;
            case "BLOCKED" -> CRITICAL;
            default -> UNKNOWN;
          };
      output.line("GEMEL DATABASE " + word(code) + " - " + check.words());
      return code;
    } catch (Failure e) {
      output.line("GEMEL DATABASE " + word(UNKNOWN) + " - " + e.getMessage());
      return UNKNOWN;
    }
  }

  private static String word(int code) {
    return switch (code) {
      case OK -> "OK";
      case WARNING -> "WARNING";
      case CRITICAL -> "CRITICAL";
      default -> "UNKNOWN";
    };
  }
}
