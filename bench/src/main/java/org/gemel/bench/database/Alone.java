package org.gemel.bench.database;

/** No replication at all: what the others cost is told beside it. */
public record Alone() implements Copier {
  public static final String NAME = "no replication";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean follows() {
    return false;
  }

  @Override
  public void copy() {}
}
