package org.gemel.mirror.remote.sftp;

import java.io.IOException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteException.Kind;
import org.jspecify.annotations.Nullable;

/** Says in words what went wrong; whatever is no answer of the server means it is lost. */
final class SftpFailures {
  /** Something that talks to the server. */
  interface Call<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** The same without a result. */
  interface Deed {
    void run() throws IOException;
  }

  private SftpFailures() {}

  static <T extends @Nullable Object> T ask(String act, Call<T> call) throws RemoteException {
    try {
      return call.run();
    } catch (RemoteException e) {
      throw e;
    } catch (SftpException e) {
      throw answer(act, e);
    } catch (IOException | RuntimeException e) {
      throw new RemoteException(Kind.LINK_LOST, act + ": the connection is lost: " + e, e);
    }
  }

  static void tell(String act, Deed deed) throws RemoteException {
    SftpFailures.<@Nullable Object>ask(
        act,
        () -> {
          deed.run();
          return null;
        });
  }

  private static RemoteException answer(String act, SftpException e) {
    Kind kind =
        switch (e.getStatus()) {
          case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH -> Kind.ABSENT;
          case SftpConstants.SSH_FX_CONNECTION_LOST, SftpConstants.SSH_FX_NO_CONNECTION ->
              Kind.LINK_LOST;
          default -> Kind.REFUSED;
        };
    return new RemoteException(kind, act + ": " + words(e), e);
  }

  private static String words(SftpException e) {
    return switch (e.getStatus()) {
      case SftpConstants.SSH_FX_NO_SUCH_FILE -> "no such file or folder on the server";
      case SftpConstants.SSH_FX_PERMISSION_DENIED -> "the server does not permit it";
      case SftpConstants.SSH_FX_OP_UNSUPPORTED -> "the server cannot do it";
      case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM -> "no space left on the server";
      case SftpConstants.SSH_FX_QUOTA_EXCEEDED -> "the quota on the server is used up";
      // All that version 3 of the protocol has for a full disk, a name too long and much else.
      case SftpConstants.SSH_FX_FAILURE ->
          "the server failed without saying why (full, over quota, name too long, or in the way)";
      default -> "the server said: " + printable(String.valueOf(e.getMessage()));
    };
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
