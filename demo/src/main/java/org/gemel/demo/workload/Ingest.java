package org.gemel.demo.workload;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Records takes. Beyond its stock it retires the oldest, and deletes a retired one once its proxy
 * is gone.
 */
final class Ingest implements Workload {
  private static final int LARGEST_STOCK = 60;

  private final WorkloadConfig config;
  private final Deeds deeds;
  private final Stock stock;
  private final RandomGenerator random;
  private final InstantSource clock;

  Ingest(
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
    perform(mount, record(mount));
    List<JournalLine> present = stock.present();
    for (JournalLine last : present) {
      if (last.version() == AssetRows.RETIRED_VERSION) {
        perform(mount, new AssetDelete(change(mount, last, Act.DELETE), last));
        break;
      }
    }
    long fresh = present.stream().filter(line -> line.version() == AssetRows.NEW_VERSION).count();
    for (JournalLine last : fresh > LARGEST_STOCK ? present : List.<JournalLine>of()) {
      if (last.version() == AssetRows.NEW_VERSION) {
        perform(mount, new Retire(change(mount, last, Act.UPDATE), last));
        break;
      }
    }
  }

  private void perform(Mount mount, Deed deed) throws IOException {
    JournalLine outcome = deeds.perform(mount, deed);
    stock.take(outcome);
    if (outcome.phase() == Phase.REFUSED && outcome.reason().startsWith(StoryRows.NOT_FOUND)) {
      stock.forget(outcome.item());
    }
  }

  private Deed record(Mount mount) {
    long number = stock.nextNumber();
    String file = String.format(Locale.ROOT, "Media/%s/take %06d.wav", config.device(), number);
    JournalLine line =
        new JournalLine(
            Phase.BEGUN,
            Act.CREATE,
            number,
            UUID.randomUUID(),
            mount.side(),
            "assets",
            0,
            file,
            0,
            "-",
            AssetRows.NEW_VERSION,
            clock.instant(),
            "");
    return new Recording(
        line, config.device(), 200 + random.nextInt(800), config.pace().dividedBy(3));
  }

  private JournalLine change(Mount mount, JournalLine last, Act act) {
    return new JournalLine(
        Phase.BEGUN,
        act,
        stock.nextNumber(),
        last.item(),
        mount.side(),
        last.table(),
        last.row(),
        last.file(),
        last.size(),
        last.sha256(),
        last.version() + 1,
        clock.instant(),
        "");
  }

  private record Retire(JournalLine line, JournalLine last) implements Deed {
    @Override
    public long rows(Connection connection, JournalLine begun) throws SQLException, Refusal {
      AssetRows.retire(connection, last);
      return last.row();
    }

    @Override
    public void files(Mount mount, JournalLine begun) {}

    @Override
    public void takeBack(Mount mount, JournalLine begun) {}
  }
}
