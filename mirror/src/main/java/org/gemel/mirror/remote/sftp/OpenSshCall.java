package org.gemel.mirror.remote.sftp;

import java.io.IOException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.RawSftpClient;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.extensions.helpers.AbstractSftpClientExtension;
import org.gemel.mirror.system.Timestamp;

/**
 * One of OpenSSH's additions to the protocol. The library has some of them but turns names into
 * UTF-8 on the way; here they stay bytes.
 */
final class OpenSshCall extends AbstractSftpClientExtension {
  private static final int FLAG_TIMES = 8;

  private OpenSshCall(String name, SftpClient client) {
    super(
        name,
        client,
        (RawSftpClient) client,
        client.getServerExtensions() != null && client.getServerExtensions().containsKey(name));
  }

  /** Renames and replaces in one step, as POSIX has it. */
  static OpenSshCall posixRename(SftpClient client) {
    return new OpenSshCall("posix-rename@openssh.com", client);
  }

  /** Sets attributes of a symbolic link itself. */
  static OpenSshCall linkStatus(SftpClient client) {
    return new OpenSshCall("lsetstat@openssh.com", client);
  }

  /** Puts a file on stable storage. */
  static OpenSshCall sync(SftpClient client) {
    return new OpenSshCall("fsync@openssh.com", client);
  }

  void call(byte[] one) throws IOException {
    Buffer buffer = getCommandBuffer(one);
    putTarget(buffer, one);
    sendAndCheckExtendedCommandStatus(buffer);
  }

  void call(byte[] one, byte[] other) throws IOException {
    Buffer buffer = getCommandBuffer(one, other.length + Integer.BYTES);
    putTarget(buffer, one);
    putTarget(buffer, other);
    sendAndCheckExtendedCommandStatus(buffer);
  }

  void call(byte[] one, Timestamp time) throws IOException {
    Buffer buffer = getCommandBuffer(one, 3 * Integer.BYTES);
    putTarget(buffer, one);
    buffer.putInt(FLAG_TIMES);
    buffer.putUInt(time.seconds());
    buffer.putUInt(time.seconds());
    sendAndCheckExtendedCommandStatus(buffer);
  }
}
