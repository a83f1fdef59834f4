package org.gemel.control.preflight;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.gemel.control.runs.StepFailure;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preview.SplitPreview;
import org.gemel.wire.protocol.Outcome;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Facts of a database as an agent's outcome brings them. */
public final class PackedFacts {
  /** Unpacked; some ten thousand tables, and a guard against an endless one. */
  private static final int LARGEST = 256 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private PackedFacts() {}

  /**
   * Unpacks them.
   *
   * @throws StepFailure in words for the operator, if the outcome brings none
   */
  public static DatabaseFacts of(String device, Outcome outcome) throws StepFailure {
    if (outcome.getDatabaseFacts().isEmpty()) {
      throw new StepFailure(
          "Found device "
              + device
              + " telling nothing of its database, wanted to know it before anything is"
              + " overwritten: bring its agent to this release.");
    }
    return read(device, outcome.getDatabaseFacts(), DatabaseFacts.class);
  }

  /** What joining the sides would overwrite there. */
  public static SplitPreview preview(String device, Outcome outcome) throws StepFailure {
    return read(device, outcome.getSplitPreview(), SplitPreview.class);
  }

  private static <T> T read(String device, ByteString packed, Class<T> type) throws StepFailure {
    try (InputStream in = new GZIPInputStream(packed.newInput())) {
      byte[] text = in.readNBytes(LARGEST + 1);
      if (text.length > LARGEST) {
        throw new IOException("more than " + LARGEST + " bytes");
      }
      return JSON.readValue(text, type);
    } catch (IOException | JacksonException e) {
      throw new StepFailure(
          "Found what device "
              + device
              + " tells of its database unreadable ("
              + e.getMessage()
              + "), wanted its facts: bring agent and control point to the same release.",
          e);
    }
  }
}
