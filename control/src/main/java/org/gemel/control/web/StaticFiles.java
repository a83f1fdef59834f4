package org.gemel.control.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Style and scripts, read once. Their address carries the release, so they may be kept for ever.
 */
final class StaticFiles {
  private record Source(String resource, String type) {}

  private static final Map<String, Source> SOURCES =
      Map.of(
          "htmx.min.js",
          new Source(
              "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js",
              "text/javascript; charset=utf-8"),
          "idiomorph.min.js",
          new Source(
              "/org/gemel/control/web/static/idiomorph.min.js", "text/javascript; charset=utf-8"),
          "console.js",
          new Source("/org/gemel/control/web/static/console.js", "text/javascript; charset=utf-8"),
          "console.css",
          new Source("/org/gemel/control/web/static/console.css", "text/css; charset=utf-8"),
          "icon.svg",
          new Source("/org/gemel/control/web/static/icon.svg", "image/svg+xml"));

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final String release;

  StaticFiles() {
    CRC32 sum = new CRC32();
    SOURCES.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              byte[] content = read(java.util.Objects.requireNonNull(SOURCES.get(name)).resource());
              contents.put(name, content);
              sum.update(content);
            });
    release = HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** Changes when any of them does. */
  String release() {
    return release;
  }

  List<Route> routes() {
    return SOURCES.entrySet().stream()
        .map(
            e ->
                Route.get("/static/" + e.getKey(), c -> answer(c, e.getKey(), e.getValue().type()))
                    .openTo(Access.ANYBODY))
        .toList();
  }

  private void answer(Context context, String name, String type) {
    context.header(
        "Cache-Control",
        release.equals(context.queryParam("v"))
            ? "public, max-age=31536000, immutable"
            : "no-cache");
    context.contentType(type).result(contents.getOrDefault(name, new byte[0]));
  }

  private static byte[] read(String resource) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("found no " + resource + " in this build: build it anew");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
