package org.gemel.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Data on standard output in the form asked for; everything else on standard error. */
public final class Output {
  /** What {@code -o} takes. */
  public enum Format {
    text,
    json,
    yaml
  }

  /** Reads what the control point says; leaves out fields it does not know. */
  public static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final PrintWriter out;
  private final PrintWriter error;
  private final Format format;
  private final boolean colour;

  public Output(CommandLine command, Format format) {
    this.out = command.getOut();
    this.error = command.getErr();
    this.format = format;
    this.colour = command.getColorScheme().ansi().enabled();
  }

  public Format format() {
    return format;
  }

  public boolean colour() {
    return colour;
  }

  /** Prints the document, unless text is asked for: then what {@code text} makes of it. */
  public void data(String json, Runnable text) {
    switch (format) {
      case text -> text.run();
      case json -> {
        JsonNode tree = JSON.readTree(json);
        out.println(JSON.writeValueAsString(tree));
      }
      case yaml -> out.print(new YAMLMapper().writeValueAsString(JSON.readTree(json)));
    }
    out.flush();
  }

  /** A line of data. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** A line for the person, not for the script. */
  public void note(String text) {
    error.println(text);
    error.flush();
  }
}
