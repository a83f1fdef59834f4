package org.gemel.cli.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.gemel.cli.Output;
import org.gemel.control.api.FolderHistory;
import org.gemel.control.api.FolderMirrorStatus;
import org.jspecify.annotations.Nullable;

/** The folder mirror for people to read. */
final class FoldersText {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  /** How the words of a pass begin that only made equal what a scrub had found. */
  private static final String SCRUB = "scrub: ";

  private final Output output;

  FoldersText(Output output) {
    this.output = output;
  }

  void status(FolderMirrorStatus folders) {
    new StatusText(output)
        .row(folders.lamp(), "folders", folders.running() ? "running" : "stopped", folders.words());
    for (FolderMirrorStatus.Profile profile : folders.profiles()) {
      Long lag = profile.lagSeconds();
      line(
          String.format(
              Locale.ENGLISH,
              "  %-14s %-18s %,9d files  %-9s %s",
              profile.name(),
              profile.schedule(),
              profile.files(),
              lag == null ? "lag ?" : "lag " + duration(lag),
              profile.words()));
      if (profile.followedBy() != null) {
        line("    " + profile.followedBy());
      }
      if (profile.scrub() != null) {
        line("    " + profile.scrub().words());
      }
      if (profile.pausedSince() != null) {
        line(String.format(Locale.ENGLISH, "    paused since %s", profile.pausedSince()));
      }
      FolderMirrorStatus.Progress progress = profile.progress();
      if (progress != null) {
        line(String.format(Locale.ENGLISH, "    at work: %s", words(progress)));
      } else if (profile.waiting()) {
        line("    waits for the passes of other profiles");
      }
    }
  }

  private static String words(FolderMirrorStatus.Progress progress) {
    Long left = progress.secondsLeft();
    return String.format(
        Locale.ENGLISH,
        "%,d files, %s moved, %s/s%s, at %s",
        progress.files(),
        bytes(progress.bytesMoved()),
        bytes(progress.bytesPerSecond()),
        left == null ? "" : ", " + duration(left) + " left",
        progress.at());
  }

  void history(FolderHistory history) {
    for (FolderHistory.Pass pass : history.passes()) {
      line(
          String.format(
              Locale.ENGLISH,
              "%-20s %-14s %-2s %-10s %-7s %,9d files  +%d ~%d -%d  %s  %s",
              time(pass.ended()),
              pass.profile(),
              pass.from() == null ? "?" : pass.from(),
              pass.outcome().toLowerCase(Locale.ROOT),
              took(pass),
              pass.files(),
              pass.created(),
              pass.updated(),
              pass.deleted(),
              bytes(pass.bytesMoved()),
              pass.equal() && !pass.words().startsWith(SCRUB) ? "" : pass.words()));
    }
    if (history.passes().isEmpty()) {
      output.note("no pass is remembered");
    }
    if (!history.silent().isEmpty()) {
      output.note(
          "found no answer of "
              + String.join(", ", history.silent())
              + ": what they know is missing here");
    }
  }

  private static String time(@Nullable Instant at) {
    return at == null ? "?" : at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
  }

  private static String took(FolderHistory.Pass pass) {
    Instant begun = pass.begun();
    Instant ended = pass.ended();
    return begun == null || ended == null
        ? ""
        : duration(Duration.between(begun, ended).toSeconds());
  }

  /** The two largest units: 45s, 3m05s, 2h07m, 3d04h. */
  static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
    }
    return String.format(Locale.ROOT, "%dd%02dh", seconds / 86_400, seconds % 86_400 / 3600);
  }

  static String bytes(long number) {
    double value = number;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? number + " B"
        : String.format(Locale.ENGLISH, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  private void line(String text) {
    output.line(text.stripTrailing());
  }
}
