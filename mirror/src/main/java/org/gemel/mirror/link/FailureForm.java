package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.SystemCallException;

/** A failure as bytes: what the kernel of the other machine said stays what the kernel said. */
final class FailureForm {
  private static final int LARGEST_ERRNO = 4095;

  private FailureForm() {}

  static void write(IOException failure, ByteBuffer out) {
    if (failure instanceof SystemCallException call) {
      out.put((byte) 1);
      out.putInt(call.errno());
      Words.write(call.call(), out);
      Words.write(call.path(), out);
    } else {
      out.put((byte) 0);
      Words.write(String.valueOf(failure.getMessage()), out);
    }
  }

  static IOException read(ByteBuffer in) throws IOException {
    PackedForm.need(in, 1, "a failure");
    int kind = in.get();
    PackedForm.require(kind == 0 || kind == 1, "a kind of failure", kind);
    if (kind == 0) {
      return new IOException(Words.read(in));
    }
    PackedForm.need(in, 4, "an error number");
    int errno = in.getInt();
    PackedForm.require(errno > 0 && errno <= LARGEST_ERRNO, "an error number", errno);
    return SystemCallException.elsewhere(Words.read(in), errno, Words.read(in));
  }
}
