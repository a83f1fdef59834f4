package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes stories: new ones, new versions, new names, and deletes; it keeps its stock bounded. */
final class Editor implements Workload {
  private static final int LARGEST_STOCK = 400;
  private static final int STORIES_A_FOLDER = 50;

  private final WorkloadConfig config;
  private final Deeds deeds;
  private final Stock stock;
  private final RandomGenerator random;
  private final InstantSource clock;

  Editor(
      WorkloadConfig config,
      Deeds deeds,
      Stock stock,
      RandomGenerator random,
      InstantSource clock) {
    this.config = config;
    this.deeds = deeds;
    this.stock = stock;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public void workOnce() throws IOException {
    Mount mount;
    try {
      mount = Mount.resolve(config.mount());
    } catch (IOException e) {
      System.out.printf("%s REFUSED before it began: %s%n", clock.instant(), e);
      return;
    }
    JournalLine outcome = deeds.perform(mount, next(mount));
    stock.take(outcome);
    if (outcome.phase() == Phase.REFUSED && outcome.reason().startsWith(StoryRows.NOT_FOUND)) {
      stock.forget(outcome.item());
    }
  }

  private Deed next(Mount mount) {
    List<JournalLine> present = stock.present();
    int choice = random.nextInt(10);
    if (present.size() < 5 || (choice < 5 && present.size() < LARGEST_STOCK)) {
      return create(mount);
    }
    JournalLine last = present.get(random.nextInt(present.size()));
    long number = stock.nextNumber();
    if (choice < 5 || choice == 9) {
      return new StoryDeed(
          change(mount, last, Act.DELETE, number, last.file(), last.size(), last.sha256()),
          last,
          new byte[0]);
    }
    if (choice == 8) {
      String renamed = last.file().replaceAll("( named \\d+)?\\.edl$", " named " + number + ".edl");
      return new StoryDeed(
          change(mount, last, Act.RENAME, number, renamed, last.size(), last.sha256()),
          last,
          new byte[0]);
    }
    byte[] content = content(last.item(), number, last.version() + 1);
    return new StoryDeed(
        change(
            mount,
            last,
            Act.UPDATE,
            number,
            last.file(),
            content.length,
            DurableFiles.sha256(content)),
        last,
        content);
  }

  private Deed create(Mount mount) {
    UUID item = UUID.randomUUID();
    long number = stock.nextNumber();
    byte[] content = content(item, number, 1);
    String file =
        String.format(
            Locale.ROOT,
            "Projects/%s/week %04d/story %06d.edl",
            config.device(),
            number / STORIES_A_FOLDER,
            number);
    JournalLine line =
        new JournalLine(
            Phase.BEGUN,
            Act.CREATE,
            number,
            item,
            mount.side(),
            "compositions",
            0,
            file,
            content.length,
            DurableFiles.sha256(content),
            1,
            clock.instant(),
            "");
    return new StoryDeed(line, null, content);
  }

  private JournalLine change(
      Mount mount, JournalLine last, Act act, long number, String file, long size, String sha256) {
    return new JournalLine(
        Phase.BEGUN,
        act,
        number,
        last.item(),
        mount.side(),
        last.table(),
        last.row(),
        file,
        size,
        sha256,
        last.version() + 1,
        clock.instant(),
        "");
  }

  /** An edit decision list as CMX 3600 has it: a title, then an event a line pair. */
  private byte[] content(UUID item, long number, int version) {
    StringBuilder text = new StringBuilder();
    text.append("TITLE: STORY ").append(number).append(" VERSION ").append(version).append('\n');
    text.append("FCM: NON-DROP FRAME\n* ITEM ").append(item).append('\n');
    int events = 5 + random.nextInt(120);
    for (int event = 1; event <= events; event++) {
      int in = random.nextInt(80_000);
      int length = 25 + random.nextInt(500);
      text.append(
          String.format(
              Locale.ROOT,
              "%03d  TAKE%04d V     C        %s %s %s %s%n",
              event,
              random.nextInt(10_000),
              timecode(in),
              timecode(in + length),
              timecode(event * 25),
              timecode(event * 25 + length)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String timecode(int frames) {
    int seconds = frames / 25;
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d:%02d",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        frames % 25);
  }
}
