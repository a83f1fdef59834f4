package org.gemel.mirror;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.gemel.mirror.system.EntryName;

/** Names for one pass' unfinished copies: no other pass, on any machine, makes the same. */
final class TemporaryNames {
  private final String start;
  private final AtomicLong next = new AtomicLong();

  TemporaryNames() {
    byte[] pass = new byte[8];
    new SecureRandom().nextBytes(pass);
    start = ".gemel-tmp-" + HexFormat.of().formatHex(pass) + "-";
  }

  EntryName next() {
    return EntryName.of(start + Long.toHexString(next.getAndIncrement()));
  }

  /** A name that says of what it is the unfinished copy. */
  EntryName next(String of) {
    return EntryName.of(start + of + "-" + Long.toHexString(next.getAndIncrement()));
  }
}
