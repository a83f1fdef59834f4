package org.gemel.mirror.remote.ftp;

import java.io.IOException;
import java.io.OutputStream;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteUpload;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Writes a file over a data connection, and believes only the size the server then says. */
final class FtpUpload implements RemoteUpload {
  private final FtpConnection connection;
  private final TreePath file;
  private final OutputStream out;
  private boolean ended;

  FtpUpload(FtpConnection connection, TreePath file, OutputStream out) {
    this.connection = connection;
    this.file = file;
    this.out = out;
  }

  @Override
  public void write(byte[] block, int from, int length) throws IOException {
    connection
        .calls()
        .<@Nullable Object>ask(
            "writing " + file,
            () -> {
              out.write(block, from, length);
              return null;
            });
  }

  @Override
  public void finish(long size, Timestamp modified, int permissions) throws IOException {
    end();
    long found = connection.size(file);
    if (found >= 0 && found != size) {
      throw new RemoteException(
          RemoteException.Kind.REFUSED,
          "writing " + file + ": found " + found + " bytes on the server, wanted " + size);
    }
    connection.metadata(file, modified, permissions);
  }

  private void end() throws IOException {
    ended = true;
    connection.calls().tell("writing " + file, () -> connection.endTransfer(out));
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      end();
    }
  }
}
