package org.gemel.mirror.remote;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a server refused, or that it cannot be asked any more. */
public final class RemoteException extends IOException {
  /** What a person or the walk does about it. */
  public enum Kind {
    /** There is nothing of that name. */
    ABSENT,
    /** The connection is gone: the same may work over a new one. */
    LINK_LOST,
    /** The server cannot be reached at all. */
    UNREACHABLE,
    /** The server does not let us in. */
    NOT_ALLOWED,
    /** The server is not proven to be the one that is meant. */
    NOT_TRUSTED,
    /** The server said no to this one thing. */
    REFUSED
  }

  private final Kind kind;

  public RemoteException(Kind kind, String message) {
    this(kind, message, null);
  }

  public RemoteException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether a failure says that there is nothing of that name. */
  public static boolean isAbsent(IOException e) {
    return e instanceof RemoteException remote && remote.kind == Kind.ABSENT;
  }

  /** Whether the same may work over a new connection. */
  public static boolean isLinkLost(IOException e) {
    return e instanceof RemoteException remote
        && (remote.kind == Kind.LINK_LOST || remote.kind == Kind.UNREACHABLE);
  }
}
