package org.gemel.mirror.remote;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are free. There are never more than there are threads asking, and one that
 * failed is not used again.
 */
public final class ConnectionPool implements Closeable {
  /** Something done over a connection that can be done again from its start. */
  public interface Act<T extends @Nullable Object> {
    T on(RemoteConnection connection) throws IOException;
  }

  private final RemoteTarget target;
  private final RemoteSettings settings;
  private final Runnable allowStop;
  private final Deque<RemoteConnection> free = new ArrayDeque<>();

  /**
   * @param allowStop asked before each retry; may throw to end
   */
  public ConnectionPool(RemoteTarget target, RemoteSettings settings, Runnable allowStop) {
    this.target = target;
    this.settings = settings;
    this.allowStop = allowStop;
  }

  /**
   * Does something, again over a new connection if the old one is lost.
   *
   * @throws IOException what the server said, or of a kind that says that it is lost for good
   */
  public <T extends @Nullable Object> T run(Act<T> act) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return once(act);
      } catch (RemoteException e) {
        if (!RemoteException.isLinkLost(e) || attempt >= settings.tries()) {
          throw e;
        }
        allowStop.run();
        settings.waiting().pause(settings.between());
        allowStop.run();
      }
    }
  }

  private <T extends @Nullable Object> T once(Act<T> act) throws IOException {
    RemoteConnection connection = take();
    boolean usable = false;
    try {
      T result = act.on(connection);
      usable = true;
      return result;
    } catch (RemoteException e) {
      usable = !RemoteException.isLinkLost(e);
      throw e;
    } finally {
      if (usable) {
        give(connection);
      } else {
        closeQuietly(connection);
      }
    }
  }

  private RemoteConnection take() throws IOException {
    synchronized (free) {
      RemoteConnection connection = free.pollLast();
      if (connection != null) {
        return connection;
      }
    }
    return target.connect();
  }

  private void give(RemoteConnection connection) {
    synchronized (free) {
      free.addLast(connection);
    }
  }

  private static void closeQuietly(Closeable connection) {
    try {
      connection.close();
    } catch (IOException alreadyLost) {
      // It is of no use any more, and nothing is known that is not known already.
    }
  }

  @Override
  public void close() {
    synchronized (free) {
      free.forEach(ConnectionPool::closeQuietly);
      free.clear();
    }
  }
}
