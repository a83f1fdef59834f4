package org.gemel.mirror.link;

import org.gemel.mirror.SourceUnreachableException;

/** The link itself failed, not what was asked over it. */
final class LinkLostException extends SourceUnreachableException {
  LinkLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
