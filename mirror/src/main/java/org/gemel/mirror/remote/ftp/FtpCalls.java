package org.gemel.mirror.remote.ftp;

import java.io.IOException;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteException.Kind;
import org.jspecify.annotations.Nullable;

/** Talks to a server and says in words what went wrong; what is no answer means it is lost. */
final class FtpCalls {
  /** Something that talks to the server. */
  interface Call<T extends @Nullable Object> {
    T run() throws IOException;
  }

  private static final int UNAVAILABLE = 421;

  private final FTPClient client;

  FtpCalls(FTPClient client) {
    this.client = client;
  }

  <T extends @Nullable Object> T ask(String act, Call<T> call) throws RemoteException {
    try {
      return call.run();
    } catch (RemoteException e) {
      throw e;
    } catch (IOException e) {
      throw new RemoteException(Kind.LINK_LOST, act + ": the connection is lost: " + e, e);
    }
  }

  /** Has something done, and fails with the server's answer if it was not. */
  void tell(String act, Call<Boolean> call) throws RemoteException {
    if (!ask(act, call)) {
      throw answer(act);
    }
  }

  /** What the server said last, as a failure. */
  RemoteException answer(String act) {
    int code = client.getReplyCode();
    Kind kind = code == UNAVAILABLE ? Kind.LINK_LOST : Kind.REFUSED;
    return new RemoteException(kind, act + ": the server said: " + said());
  }

  /** The server's last answer on one line. */
  String said() {
    return String.valueOf(client.getReplyString()).strip().replaceAll("\\p{Cntrl}+", " ");
  }

  boolean succeeded() {
    return FTPReply.isPositiveCompletion(client.getReplyCode());
  }
}
