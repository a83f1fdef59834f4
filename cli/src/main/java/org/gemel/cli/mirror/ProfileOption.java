package org.gemel.cli.mirror;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.gemel.config.ConfigurationFault;
import org.gemel.mirror.MirrorProfileFile;
import org.gemel.mirror.TreeRoot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Takes from a file what the command line does not say; what it says wins, each option whole. */
final class ProfileOption {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "Take FROM, TO and options from this YAML file; what stands on the command line wins.")
  private @Nullable Path file;

  private @Nullable MirrorProfileFile read;

  /** The profile, if one was named. */
  Optional<MirrorProfileFile> profile() {
    if (file != null && read == null) {
      try {
        read = MirrorProfileFile.load(file);
      } catch (ConfigurationFault fault) {
        throw usage(String.valueOf(fault.getMessage()));
      }
    }
    return Optional.ofNullable(read);
  }

  /** A tree from the command line, else from the profile. */
  TreeRoot tree(
      String name,
      @Nullable TreeRoot given,
      Function<MirrorProfileFile, String> inFile,
      ITypeConverter<TreeRoot> reader) {
    if (given != null) {
      return given;
    }
    String text =
        profile()
            .map(inFile)
            .orElseThrow(
                () -> usage("found no " + name + ", wanted it named here or in a --profile"));
    try {
      return reader.convert(text);
    } catch (TypeConversionException e) {
      throw usage(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      throw new IllegalStateException("reading " + name, e);
    }
  }

  /** An option's value from the command line if it stands there, else from the profile. */
  <T> T value(String option, T given, Function<MirrorProfileFile, T> inFile) {
    boolean stands =
        command != null && command.commandLine().getParseResult().hasMatchedOption(option);
    return stands ? given : profile().map(inFile).orElse(given);
  }

  private ParameterException usage(String words) {
    if (command == null) {
      throw new IllegalStateException("no command has this option");
    }
    return new ParameterException(command.commandLine(), words);
  }
}
