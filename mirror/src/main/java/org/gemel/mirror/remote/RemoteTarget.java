package org.gemel.mirror.remote;

import java.io.Closeable;
import java.io.IOException;

/** A folder on a server. */
public interface RemoteTarget extends Closeable {
  /** Opens a connection of its own; it is closed with the target at the latest. */
  RemoteConnection connect() throws IOException;

  /** How a person names the target; holds no secret. */
  @Override
  String toString();
}
