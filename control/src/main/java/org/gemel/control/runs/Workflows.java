package org.gemel.control.runs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gemel.core.Side;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The workflows: rows of data over templates of steps. Immutable. */
public final class Workflows {
  private static final Set<String> NOT_ARGUMENTS = Set.of("step", "spec");

  private final List<Workflow> workflows;

  private Workflows(List<Workflow> workflows) {
    this.workflows = List.copyOf(workflows);
  }

  /** A workflow with its sides filled in. */
  public record Workflow(String name, String title, String purpose, List<StepSpec> steps) {}

  /** The file: {@code steps} are flat rows of step, spec and the step's own arguments. */
  record WorkflowFile(Map<String, Template> templates, List<Row> workflows) {}

  record Template(String purpose, List<Map<String, String>> steps) {}

  record Row(String name, String template, Side main, String title) {}

  /** Those that come with Gemel. */
  public static Workflows builtIn() {
    try (InputStream file = Workflows.class.getResourceAsStream("workflows.yaml")) {
      if (file == null) {
        throw new IllegalStateException("workflows.yaml is missing from this build");
      }
      return of(YAMLMapper.shared().readValue(file, WorkflowFile.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Workflows of(WorkflowFile file) {
    return new Workflows(
        file.workflows().stream()
            .map(
                row -> {
                  Template template = file.templates().get(row.template());
                  if (template == null) {
                    throw new IllegalArgumentException(
                        "found template '"
                            + row.template()
                            + "' in workflow "
                            + row.name()
                            + ", wanted one of "
                            + file.templates().keySet());
                  }
                  return filledIn(row, template);
                })
            .toList());
  }

  private static Workflow filledIn(Row row, Template template) {
    List<StepSpec> steps =
        template.steps().stream()
            .map(
                step ->
                    new StepSpec(
                        step.getOrDefault("step", ""),
                        step.entrySet().stream()
                            .filter(e -> !NOT_ARGUMENTS.contains(e.getKey()))
                            .collect(
                                Collectors.toMap(
                                    Map.Entry::getKey,
                                    e -> fill(e.getValue(), row.main()),
                                    (one, other) -> one,
                                    LinkedHashMap::new)),
                        step.getOrDefault("spec", "")))
            .toList();
    return new Workflow(row.name(), row.title(), fill(template.purpose(), row.main()), steps);
  }

  private static String fill(String text, Side main) {
    return text.replace("{main}", main.name()).replace("{backup}", main.other().name());
  }

  public List<Workflow> all() {
    return workflows;
  }

  public Optional<Workflow> find(String name) {
    return workflows.stream().filter(w -> w.name().equals(name)).findFirst();
  }
}
