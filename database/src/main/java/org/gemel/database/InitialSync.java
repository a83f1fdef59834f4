package org.gemel.database;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the first copy is.
 *
 * @param tables every replicated table
 * @param complete whether every table of main follows it, none being out of it to be healed; from
 *     then on the backup is an exact copy of some moment of main
 * @param elapsed since the tables were emptied; zero where that is unknown
 * @param indexesLeft to be built once the rows are here
 * @param brokenOff why the copy did not come to its end at one go and PostgreSQL copies the rest;
 *     empty where it did
 */
public record InitialSync(
    List<TableCopy> tables, boolean complete, Duration elapsed, int indexesLeft, String brokenOff) {
  private static final long MEGABYTE = 1_000_000;

  public InitialSync {
    tables = List.copyOf(tables);
  }

  /** Of a copy whose size is not known. */
  public InitialSync(List<TableCopy> tables, boolean complete) {
    this(tables, complete, Duration.ZERO, 0, "");
  }

  /** Number of tables that follow. */
  public int following() {
    return (int) tables.stream().filter(t -> t.state() == TableCopy.State.FOLLOWING).count();
  }

  /** Rows that came. */
  public long rows() {
    return tables.stream().mapToLong(TableCopy::rows).sum();
  }

  /** About so many of {@link #estimatedBytes} came. */
  public long bytes() {
    return tables.stream().mapToLong(TableCopy::bytes).sum();
  }

  /** Of all tables on main, as far as that is known. */
  public long estimatedBytes() {
    return tables.stream().mapToLong(t -> Math.max(0, t.estimatedBytes())).sum();
  }

  /** 0 to 1 of the rows; an estimate, except that 1 is all. */
  public double fraction() {
    if (complete) {
      return 1;
    }
    long all = estimatedBytes();
    double share =
        all == 0 ? (double) following() / Math.max(1, tables.size()) : (double) bytes() / all;
    return Math.min(share, 0.99);
  }

  /** Bytes that came a second since the beginning. */
  public long bytesPerSecond() {
    return elapsed.isZero() ? 0 : bytes() * 1000 / Math.max(1, elapsed.toMillis());
  }

  /** About how long it takes until all rows are here; empty where nothing tells. */
  public Optional<Duration> left() {
    long rate = bytesPerSecond();
    long missing = estimatedBytes() - bytes();
    return complete || rate == 0 || missing <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(missing / rate));
  }

  /** One line for a person. */
  public String words() {
    if (complete) {
      return "all " + tables.size() + " tables are in sync";
    }
    StringBuilder words =
        new StringBuilder(
            following() == tables.size()
                ? "some tables are out of it until they are healed"
                : following() + " of " + tables.size() + " tables are in sync");
    if (estimatedBytes() > 0) {
      words.append(
          String.format(
              Locale.ROOT,
              ", %,d rows and about %,d of %,d MB are here",
              rows(),
              bytes() / MEGABYTE,
              estimatedBytes() / MEGABYTE));
      left()
          .ifPresent(
              left ->
                  words
                      .append(", ")
                      .append(bytesPerSecond() / MEGABYTE)
                      .append(" MB/s, about ")
                      .append(left.toSeconds())
                      .append(" s left"));
    }
    if (indexesLeft > 0) {
      words.append(", ").append(indexesLeft).append(" indexes to build");
    }
    if (!brokenOff.isEmpty()) {
      words.append("; PostgreSQL copies what was left when it broke off: ").append(brokenOff);
    }
    return words.toString();
  }
}
