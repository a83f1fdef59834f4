package org.gemel.demo.facility;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.gemel.core.Side;
import org.gemel.demo.workload.Act;
import org.gemel.demo.workload.DurableFiles;
import org.gemel.demo.workload.JournalLine;
import org.gemel.demo.workload.Phase;
import org.gemel.demo.workload.Wave;

/**
 * The files a facility begins with, the same ones at every try, so that a start that was cut off
 * can simply be repeated. The files with rows are journalled like any device's, so that a proof
 * covers them too.
 */
final class SeedMaterial {
  static final String DEVICE = "seed";

  private static final int TONES = 60;
  private static final int STORIES = 200;
  private static final int RUNDOWNS = 60;
  private static final int LISTS = 60;
  private static final String[] BINS = {
    "News/Today", "News/Archive", "Sport", "Weather/Maps", "Promos"
  };

  private final Path volume;
  private final Instant now;
  private final SplittableRandom random = new SplittableRandom(20_260_101);
  private final List<JournalLine> withRows = new ArrayList<>();

  SeedMaterial(Path volume, Instant now) {
    this.volume = volume;
    this.now = now;
  }

  /** Writes all files and returns what has rows in the database. */
  List<JournalLine> write() throws IOException, InterruptedException {
    for (int number = 1; number <= TONES; number++) {
      String file =
          String.format(Locale.ROOT, "%s/tone %03d.wav", BINS[number % BINS.length], number);
      write(
          file, Wave.tone(180 + 10 * number, 300 + 20 * number, 1 + number % 2, 16_000), "assets");
    }
    for (int number = 1; number <= STORIES; number++) {
      String file =
          String.format(Locale.ROOT, "Projects/archive/%02d/story %04d.xml", number / 25, number);
      write(file, text(projectXml(number)), "compositions");
    }
    for (int number = 1; number <= RUNDOWNS; number++) {
      put(
          String.format(Locale.ROOT, "Projects/rundowns/rundown %03d.txt", number),
          text(rundown(number)));
      put(String.format(Locale.ROOT, "Projects/lists/list %03d.edl", number), text(list(number)));
    }
    Files.createDirectories(volume.resolve("Temp"));
    Files.createDirectories(volume.resolve("Media"));
    OddNames.write(volume.resolve("Projects/odd names"));
    return withRows;
  }

  private void write(String file, byte[] content, String table) throws IOException {
    put(file, content);
    long number = withRows.size() + 1L;
    UUID item = UUID.nameUUIDFromBytes(text(file));
    withRows.add(
        new JournalLine(
            Phase.ACKNOWLEDGED,
            Act.CREATE,
            number,
            item,
            Side.X,
            table,
            0,
            file,
            content.length,
            DurableFiles.sha256(content),
            1,
            now,
            ""));
  }

  private void put(String file, byte[] content) throws IOException {
    Path path = volume.resolve(file);
    Path folder = path.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(path, content);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String projectXml(int number) {
    StringBuilder xml =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<project name=\"Story ");
    xml.append(number).append("\">\n");
    for (int clip = 0; clip < 3 + random.nextInt(30); clip++) {
      xml.append("  <clip tone=\"")
          .append(1 + random.nextInt(TONES))
          .append("\" in=\"")
          .append(random.nextInt(500));
      xml.append("\" out=\"").append(500 + random.nextInt(500)).append("\"/>\n");
    }
    return xml.append("</project>\n").toString();
  }

  private String rundown(int number) {
    StringBuilder text = new StringBuilder("Rundown " + number + "\n");
    for (int line = 1; line < 8 + random.nextInt(20); line++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%02d  Story %04d  %02d:%02d%n",
              line,
              1 + random.nextInt(STORIES),
              random.nextInt(4),
              random.nextInt(60)));
    }
    return text.toString();
  }

  private String list(int number) {
    StringBuilder text = new StringBuilder("TITLE: LIST " + number + "\nFCM: NON-DROP FRAME\n");
    for (int event = 1; event < 4 + random.nextInt(LISTS); event++) {
      int second = event % 60;
      text.append(
          String.format(
              Locale.ROOT,
              "%03d  TONE%03d A     C        00:00:%02d:00 00:00:%02d:12 01:00:%02d:00 01:00:%02d:12%n",
              event,
              1 + random.nextInt(TONES),
              second,
              second,
              second,
              second));
    }
    return text.toString();
  }
}
