package org.gemel.cli.mirror;

import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.FilterRules;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that leave entries out, shared by the commands here. */
final class FilterOptions {
  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description =
          "Leave alone on both sides what matches, as in .gitignore: '*.tmp' at any depth, '/cache/' only the folder at the top.")
  private List<String> excludes = new ArrayList<>();

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Mirror what matches although an --exclude does, too.")
  private List<String> includes = new ArrayList<>();

  FilterRules rules(CommandSpec spec) {
    try {
      return FilterRules.of(excludes, includes);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
