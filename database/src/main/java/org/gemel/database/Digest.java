package org.gemel.database;

import java.math.BigDecimal;

/** Rows and the sum of their hashes: the same row twice does not cancel itself out. */
record Digest(long rows, BigDecimal sum) {
  Digest and(Digest other) {
    return new Digest(rows + other.rows, sum.add(other.sum));
  }

  static Digest ofRow(long hash) {
    return new Digest(1, BigDecimal.valueOf(hash));
  }
}
