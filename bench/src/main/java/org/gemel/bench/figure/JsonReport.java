package org.gemel.bench.figure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report as a program reads it; what was not measured is null. */
public final class JsonReport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  public static String of(List<String> conditions, List<Section> sections) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("conditions", conditions);
    report.put("sections", sections.stream().map(JsonReport::section).toList());
    return MAPPER.writeValueAsString(report) + "\n";
  }

  private static Map<String, Object> section(Section section) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("work", section.work());
    fields.put("title", section.title());
    fields.put("unit", section.unit());
    fields.put("direction", section.direction());
    fields.put("contestants", section.series().stream().map(JsonReport::series).toList());
    fields.put("ratios", section.comparisons().stream().map(JsonReport::comparison).toList());
    fields.put("notes", section.notes());
    return fields;
  }

  private static Map<String, @Nullable Object> series(Series series) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", series.contestant());
    fields.put("gemel", series.gemel());
    fields.put("values", series.samples().stream().map(Sample::value).toList());
    fields.put("median", number(series.median()));
    fields.put("cpuSeconds", number(series.medianCpuSeconds()));
    fields.put("peakBytes", number(series.peakBytes()));
    fields.put("note", series.note());
    return fields;
  }

  private static Map<String, @Nullable Object> comparison(Comparison comparison) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("contestant", comparison.contestant());
    fields.put("against", comparison.against());
    fields.put("ratio", number(comparison.ratio()));
    fields.put(
        "wanted",
        comparison.wanted().isPresent() ? number(comparison.wanted().getAsDouble()) : null);
    fields.put("verdict", comparison.verdict());
    return fields;
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
