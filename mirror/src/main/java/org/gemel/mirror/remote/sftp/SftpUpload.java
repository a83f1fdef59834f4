package org.gemel.mirror.remote.sftp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.RawSftpClient;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.impl.SftpResponse;
import org.apache.sshd.sftp.client.impl.SftpStatus;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteUpload;
import org.gemel.mirror.system.Timestamp;

/**
 * Writes a file with many packets on their way at once. Each is answered, and each answer is looked
 * at before the file counts as written; the library's own stream takes a missing answer for a good
 * one.
 */
final class SftpUpload implements RemoteUpload {
  /** What every server takes. */
  private static final int PACKET = 32 * 1024;

  private static final int ON_THEIR_WAY = 64;
  private static final int HEADER = 64;

  private final String act;
  private final SftpClient client;
  private final OpenSshCall sync;
  private final CloseableHandle handle;
  private final Deque<Integer> unanswered = new ArrayDeque<>();
  private long at;

  SftpUpload(String act, SftpClient client, OpenSshCall sync, CloseableHandle handle, long from) {
    this.act = act;
    this.client = client;
    this.sync = sync;
    this.handle = handle;
    this.at = from;
  }

  @Override
  public void write(byte[] block, int from, int length) throws RemoteException {
    SftpFailures.tell(
        act,
        () -> {
          for (int done = 0; done < length; done += PACKET) {
            send(block, from + done, Math.min(PACKET, length - done));
          }
        });
  }

  private void send(byte[] block, int from, int length) throws IOException {
    while (unanswered.size() >= ON_THEIR_WAY) {
      awaitOne();
    }
    byte[] id = handle.getIdentifier();
    Buffer buffer = new ByteArrayBuffer(HEADER + id.length + length, false);
    buffer.putBytes(id);
    buffer.putLong(at);
    buffer.putBytes(block, from, length);
    unanswered.addLast(raw().send(SftpConstants.SSH_FXP_WRITE, buffer));
    at += length;
  }

  private RawSftpClient raw() {
    return (RawSftpClient) client;
  }

  private void awaitOne() throws IOException {
    Buffer answer = raw().receive(unanswered.removeFirst());
    SftpStatus status = SftpStatus.parse(SftpResponse.parse(SftpConstants.SSH_FXP_WRITE, answer));
    if (!status.isOk()) {
      throw new SftpException(status.getStatusCode(), status.getMessage());
    }
  }

  @Override
  public void finish(long size, Timestamp modified, int permissions) throws RemoteException {
    SftpFailures.tell(
        act,
        () -> {
          while (!unanswered.isEmpty()) {
            awaitOne();
          }
          long found = client.stat(handle).getSize();
          if (found != size) {
            throw new RemoteException(
                RemoteException.Kind.REFUSED,
                act + ": found " + found + " bytes on the server, wanted " + size);
          }
          Attributes wanted = SftpConnection.times(modified);
          wanted.setPermissions(permissions);
          client.setStat(handle, wanted);
          if (sync.isSupported()) {
            sync.call(handle.getIdentifier());
          }
        });
  }

  @Override
  public void close() throws RemoteException {
    SftpFailures.tell(
        act,
        () -> {
          while (!unanswered.isEmpty()) {
            // What was written so far may be gone on with, so nothing may be on its way any more.
            raw().receive(unanswered.removeFirst());
          }
          handle.close();
        });
  }
}
