package org.gemel.mirror.link;

import java.io.IOException;

/** There was no way to the peer, or it is not who was wanted; nothing was asked of it. */
public final class UnreachableException extends IOException {
  UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
