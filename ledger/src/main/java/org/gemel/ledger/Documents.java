package org.gemel.ledger;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents as JSON. A field that a newer release added is left out by an older one rather than
 * refused.
 */
final class Documents {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Documents() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static <T> T read(byte[] document, Class<T> type, String where) {
    try {
      return MAPPER.readValue(document, type);
    } catch (JacksonException e) {
      throw new LedgerFailure(
          "found at "
              + where
              + " a document that is no "
              + type.getSimpleName()
              + ": "
              + new String(document, StandardCharsets.UTF_8),
          e);
    }
  }
}
