package org.gemel.cli.client;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that changes something. */
public final class ChangeOptions {
  private static final Pattern DURATION = Pattern.compile("(\\d+)(s|m|h)");

  @Option(names = "--dry-run", description = "say what would be done, and change nothing")
  private boolean dryRun;

  @Option(
      names = "--wait",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "DURATION",
      description = "wait for the end (default), at most so long, such as 90s, 10m, 2h")
  private @Nullable String wait;

  @Option(names = "--no-wait", description = "print the run's id and do not wait")
  private boolean noWait;

  @Option(
      names = {"-y", "--yes"},
      description = "answer harmless questions with yes")
  private boolean yes;

  @Option(
      names = "--confirm",
      paramLabel = "SIDE",
      description = "the side that may be overwritten, X or Y")
  private @Nullable String confirm;

  @Option(
      names = "--preview",
      paramLabel = "HASH",
      description = "the preview of what is lost that was seen and is approved")
  private @Nullable String preview;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why; kept in the audit log")
  private @Nullable String reason;

  boolean dryRun() {
    return dryRun;
  }

  boolean waits() {
    return !noWait;
  }

  boolean yes() {
    return yes;
  }

  @Nullable String confirm() {
    return confirm == null ? null : confirm.strip().toUpperCase(Locale.ROOT);
  }

  @Nullable String preview() {
    return preview;
  }

  @Nullable String reason() {
    return reason;
  }

  /** How long to wait at most; null without a limit. */
  @Nullable Duration limit() {
    if (wait == null || wait.isEmpty()) {
      return null;
    }
    Matcher form = DURATION.matcher(wait);
    if (!form.matches()) {
      throw new Failure(
          ExitCode.USAGE, "found the duration '" + wait + "', wanted such as 90s, 10m or 2h");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
