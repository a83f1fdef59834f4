package org.gemel.agent.engine;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts of a database on their way to the control point. Ten thousand tables say much the same of
 * themselves, so packing makes a twentieth of it.
 */
final class PackedFacts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PackedFacts() {}

  static ByteString of(Object facts) {
    ByteString.Output bytes = ByteString.newOutput();
    try (OutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(JSON.writeValueAsBytes(facts));
    } catch (IOException e) {
      throw new UncheckedIOException("memory refuses nothing", e);
    }
    return bytes.toByteString();
  }
}
