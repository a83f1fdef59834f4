package org.gemel.mirror.link;

import java.io.IOException;

/** The peer will not do what was asked of it; the message says why. */
public final class LinkRefusedException extends IOException {
  LinkRefusedException(String message) {
    super(message);
  }
}
