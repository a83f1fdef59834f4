package org.gemel.mirror.system;

import java.io.DataOutput;
import java.io.IOException;

/** Extended attributes as bytes that are the same for equal attributes, for a digest. */
public final class AttributeForm {
  private AttributeForm() {}

  /** Writes their number and, in the order of names, each name and value with its length. */
  public static void write(ExtendedAttributes attributes, DataOutput out) throws IOException {
    out.writeInt(attributes.values().size());
    for (var each : attributes.values().entrySet()) {
      out.writeUTF(each.getKey());
      out.writeInt(each.getValue().length);
      out.write(each.getValue());
    }
  }
}
