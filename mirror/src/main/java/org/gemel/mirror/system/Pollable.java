package org.gemel.mirror.system;

/** What {@link Wait} can wait for. */
public abstract sealed class Pollable implements AutoCloseable permits EventQueue, MountTable {
  static final short READABLE = 1;
  static final short CHANGED = 2;

  abstract Descriptor descriptor();

  /** The {@code poll(2)} flag of what is waited for. */
  abstract short interest();

  @Override
  public final void close() {
    descriptor().close();
  }
}
