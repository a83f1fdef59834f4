package org.gemel.database.physical;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a swap under way needs to be gone on with by whoever comes next. It lies beside the data
 * folder, is on disk before the old server is stopped, and goes when the new one answers.
 *
 * @param aside the name that the old data folder gets
 * @param before the old server's identifier
 * @param now the copy's
 */
record SwapNote(String aside, String before, String now) {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static SwapNote of(PhysicalSettings settings, String before, String now, Instant time) {
    return new SwapNote(
        settings.data().getFileName() + ".before-" + FORM.format(time), before, now);
  }

  void write(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, String.join("\n", aside, before, now, ""), StandardCharsets.UTF_8);
    Folders.sync(beside);
    Folders.move(beside, file);
  }

  static Optional<SwapNote> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    return Optional.of(new SwapNote(lines.get(0), lines.get(1), lines.get(2)));
  }
}
