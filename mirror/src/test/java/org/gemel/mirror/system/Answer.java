package org.gemel.mirror.system;

/** What becomes of one call. */
public sealed interface Answer {
  /** The kernel answers. */
  record Truth() implements Answer {}

  /** The kernel does not hear of it (but a descriptor is closed) and an error comes back. */
  record Failing(int errno) implements Answer {}

  /** It is asked for less: reads, writes and listings come in small pieces. */
  record Piece(long atMost) implements Answer {}

  /** The process ends before this call, as far as the kernel can see. */
  record Death() implements Answer {}

  Answer TRUTH = new Truth();
}
