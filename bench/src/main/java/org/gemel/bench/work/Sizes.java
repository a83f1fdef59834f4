package org.gemel.bench.work;

import java.time.Duration;
import java.util.List;
import org.gemel.bench.tree.ManyFiles;

/**
 * How much each work is at a scale; 1 is what the figures are asked for. Counts never fall so far
 * that a work loses its shape.
 */
public record Sizes(double scale) {
  private static final long MEBIBYTE = 1 << 20;

  public static final int LARGE_FILES = 8;
  public static final int CHANGED_PIECES = 10;

  public Sizes {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("found scale " + scale + ", wanted more than 0");
    }
  }

  public long largeBytes() {
    return bytes(512 * MEBIBYTE);
  }

  public ManyFiles small() {
    return new ManyFiles(files(100_000), 4096);
  }

  /** Of a few bytes each: it is looked at, not copied. */
  public ManyFiles million() {
    return new ManyFiles(files(1_000_000), 64);
  }

  /** A tenth of the million, to see what grows with the number. */
  public ManyFiles tenth() {
    return new ManyFiles(files(100_000), 64);
  }

  public long bigBytes() {
    return bytes(4096 * MEBIBYTE);
  }

  public long pieceBytes() {
    return bytes(MEBIBYTE);
  }

  public long appendedBytes() {
    return bytes(64 * MEBIBYTE);
  }

  public int latencies() {
    return Math.clamp(Math.round(200 * scale), 20, 200);
  }

  /** How many files are changed, and how many deleted, beside the rename of a folder. */
  public int burst() {
    return Math.clamp(Math.round(100 * scale), 10, 100);
  }

  /** Rows that stand still beside those that clients write. */
  public int standingRows() {
    return Math.toIntExact(Math.clamp(Math.round(100_000 * scale), 1_000, 1_000_000));
  }

  /** Rows of databases whose roles are changed, smallest first. */
  public List<Integer> reversedRows() {
    return List.of(
        Math.toIntExact(Math.max(1_000, Math.round(100_000 * scale))),
        Math.toIntExact(Math.max(10_000, Math.round(1_000_000 * scale))),
        Math.toIntExact(Math.max(50_000, Math.round(5_000_000 * scale))));
  }

  /** Rows of a database that is copied whole; about 1 GB with its indexes at full scale. */
  public int startRows() {
    return Math.toIntExact(Math.max(20_000, Math.round(5_000_000 * scale)));
  }

  /** As pgbench counts: 100,000 accounts each. */
  public int steadyScale() {
    return Math.toIntExact(Math.clamp(Math.round(10 * scale), 1, 10));
  }

  /** How long each of a steady load's two parts takes. */
  public Duration steady() {
    return Duration.ofSeconds(Math.clamp(Math.round(30 * scale), 4, 120));
  }

  /** How often the roles of a pair are changed: as often back as there. */
  public int switches() {
    return 2 * Math.toIntExact(Math.clamp(Math.round(10 * scale), 1, 10));
  }

  private int files(int atFullScale) {
    long wanted = Math.round(atFullScale * scale / ManyFiles.A_FOLDER) * ManyFiles.A_FOLDER;
    return Math.clamp(wanted, 10 * ManyFiles.A_FOLDER, Integer.MAX_VALUE);
  }

  private long bytes(long atFullScale) {
    return Math.max(4096, Math.round(atFullScale * scale));
  }
}
