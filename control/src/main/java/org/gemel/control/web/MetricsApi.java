package org.gemel.control.web;

import io.javalin.http.Context;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.gemel.control.api.ControlPoint;

/** For Prometheus and what reads its text form; who asks shows a token, as for any other answer. */
final class MetricsApi {
  private static final PrometheusTextFormatWriter WRITER =
      PrometheusTextFormatWriter.builder().build();

  private final ControlPoint control;

  MetricsApi(ControlPoint control) {
    this.control = control;
  }

  List<Route> routes() {
    return List.of(Route.get("/metrics", this::metrics));
  }

  private void metrics(Context context) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      WRITER.write(out, Metrics.of(control.status()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context.contentType(PrometheusTextFormatWriter.CONTENT_TYPE).result(out.toByteArray());
  }
}
