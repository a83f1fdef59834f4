package org.gemel.mirror.system;

/** Constants of the kernel's interface that differ between processors. */
final class Architecture {
  /** Whether this processor uses the kernel's generic call table. */
  static final boolean GENERIC =
      switch (System.getProperty("os.arch", "")) {
        case "amd64", "x86_64" -> false;
        case "aarch64" -> true;
        default ->
            throw new UnsupportedOperationException(
                "found processor '"
                    + System.getProperty("os.arch")
                    + "', wanted amd64 or aarch64: the mirror calls the Linux kernel directly and knows no other");
      };

  static final int OPEN_DIRECTORY = GENERIC ? 0x4000 : 0x10000;
  static final int OPEN_NO_FOLLOW = GENERIC ? 0x8000 : 0x20000;

  private Architecture() {}
}
