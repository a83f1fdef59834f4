package org.gemel.mirror;

import java.io.IOException;
import org.gemel.mirror.remote.ConnectionPool;
import org.gemel.mirror.remote.RemoteAbilities;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteSettings;
import org.jspecify.annotations.Nullable;

/** What the parts of one pass to a server share. */
record RemoteParts(
    MirrorRequest request,
    PassLog log,
    Workers workers,
    ConnectionPool pool,
    RemoteSettings settings,
    RemoteAbilities abilities,
    NameFolding folding,
    TemporaryNames temporaries,
    RemoteScanner scanner,
    RemoteDiffer differ,
    KeptTimes times,
    NotKept notKept) {
  /** Something said to the server that has no answer. */
  interface Deed {
    void on(RemoteConnection connection) throws IOException;
  }

  /** Asks the server, over another connection if one is lost. */
  <T extends @Nullable Object> T ask(ConnectionPool.Act<T> act) throws IOException {
    return ask(pool, act);
  }

  static <T extends @Nullable Object> T ask(ConnectionPool pool, ConnectionPool.Act<T> act)
      throws IOException {
    try {
      return pool.run(act);
    } catch (RemoteException e) {
      if (RemoteException.isLinkLost(e)) {
        throw new TargetLostException(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** Has the server do something; in a dry run it is not even asked. */
  void change(Deed deed) throws IOException {
    if (request.dryRun()) {
      return;
    }
    this.<@Nullable Object>ask(
        connection -> {
          deed.on(connection);
          return null;
        });
  }
}
