package org.gemel.mirror;

import java.io.IOException;

/**
 * What is between here and the source failed, not the source: what came of it is as good as it was.
 */
public class SourceUnreachableException extends IOException {
  public SourceUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
