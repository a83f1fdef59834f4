package org.gemel.mirror.link;

import java.io.IOException;

/** The link itself failed, not what was asked over it. */
final class LinkLostException extends IOException {
  LinkLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
