package org.gemel.bench.figure;

/** How a section's ratios are told. */
public enum Direction {
  /** How many times as fast as the peer: wanted at least. */
  SPEED("x as fast", "at least") {
    @Override
    double ratio(double gemel, double peer) {
      return peer / gemel;
    }

    @Override
    boolean reaches(double ratio, double wanted) {
      return ratio >= wanted;
    }
  },
  /** How much of the peer's time or bytes: wanted at most. */
  COST("x its cost", "at most") {
    @Override
    double ratio(double gemel, double peer) {
      return gemel / peer;
    }

    @Override
    boolean reaches(double ratio, double wanted) {
      return ratio <= wanted;
    }
  };

  private final String words;
  private final String bound;

  Direction(String words, String bound) {
    this.words = words;
    this.bound = bound;
  }

  String words() {
    return words;
  }

  String bound() {
    return bound;
  }

  abstract double ratio(double gemel, double peer);

  abstract boolean reaches(double ratio, double wanted);
}
