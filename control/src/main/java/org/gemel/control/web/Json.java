package org.gemel.control.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON of the API. Requests are read strictly: an unknown field is a mistake of the caller's that
 * must not be left out silently. Answers may grow fields; readers leave out those they do not know.
 */
final class Json {
  /** Larger than any request the API takes. */
  static final int LARGEST_REQUEST = 64 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static void answer(Context context, Object value) {
    context.contentType("application/json; charset=utf-8").result(write(value));
  }

  static <T> T read(Context context, Class<T> type) {
    byte[] body = body(context);
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw bad("null", type);
      }
      requireComplete(value);
      return value;
    } catch (JacksonException e) {
      throw bad(words(e), type);
    }
  }

  private static byte[] body(Context context) {
    try {
      byte[] body = context.req().getInputStream().readNBytes(LARGEST_REQUEST + 1);
      if (body.length > LARGEST_REQUEST) {
        throw new Refusal(
            Reason.USAGE,
            "found a request of more than " + LARGEST_REQUEST + " bytes, wanted a smaller one");
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException("the request broke off while it was read", e);
    }
  }

  /** What its record does not call nullable must be there. */
  private static void requireComplete(Object value) {
    for (var component : value.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        if (component.getAccessor().invoke(value) == null
            && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          throw bad("no field '" + component.getName() + "'", value.getClass());
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a request's record cannot be looked at", e);
      }
    }
  }

  private static Refusal bad(String found, Class<?> type) {
    StringBuilder wanted = new StringBuilder();
    for (var component : type.getRecordComponents()) {
      wanted.append(wanted.isEmpty() ? "" : ", ").append(component.getName());
    }
    return new Refusal(
        Reason.USAGE,
        "found in the request: " + found + ", wanted a JSON object with the fields " + wanted);
  }

  private static String words(JacksonException e) {
    String where =
        e instanceof DatabindException bound && !bound.getPath().isEmpty()
            ? "at " + bound.getPathReference().replaceAll(".*\\[\"(.*)\"\\].*", "$1") + ": "
            : "";
    return where + e.getOriginalMessage();
  }
}
