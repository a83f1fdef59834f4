package org.gemel.cli.mirror;

import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.FilterRules;
import org.gemel.mirror.MirrorProfileFile;
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
    return rules(spec, new ProfileOption());
  }

  /** The rules of the command line; a kind that has none there is taken from the profile. */
  FilterRules rules(CommandSpec spec, ProfileOption profile) {
    try {
      FilterRules here = FilterRules.of(excludes, includes);
      return new FilterRules(
          profile.value("--exclude", here.excludes(), MirrorProfileFile::exclude),
          profile.value("--include", here.includes(), MirrorProfileFile::include),
          false);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
