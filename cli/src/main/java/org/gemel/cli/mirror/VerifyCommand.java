package org.gemel.cli.mirror;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gemel.mirror.ComparisonOptions;
import org.gemel.mirror.ComparisonReport;
import org.gemel.mirror.Difference;
import org.gemel.mirror.FilterRules;
import org.gemel.mirror.Marker;
import org.gemel.mirror.TreeComparison;
import org.gemel.mirror.TreeRoot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemel verify A B}: are two trees equal? */
@Command(
    name = "verify",
    description = "Say whether two trees are equal, and list in what they differ.",
    footerHeading = "%nExample:%n",
    footer = {
      "  gemel verify --content /mnt/X/Projects /mnt/Y/Projects",
      "",
      "Exit: 0 equal, 1 not equal or not all could be compared, 2 usage."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", converter = LocalTree.class, description = "One tree.")
  private @Nullable TreeRoot first;

  @Parameters(
      index = "1",
      paramLabel = "B",
      converter = LocalTree.class,
      description = "The other.")
  private @Nullable TreeRoot second;

  @Option(
      names = "--content",
      description = "Read all files instead of trusting equal size and time.")
  private boolean content;

  @Option(
      names = "--marker",
      paramLabel = "NAME",
      description = "The volumes' marker file, which is no part of the trees.")
  private @Nullable String marker;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml",
      defaultValue = "text",
      description =
          "How to write the result. With json and yaml the differences go to standard error.")
  private ResultFormat output = ResultFormat.text;

  @Mixin private FilterOptions filters = new FilterOptions();

  /** Compares; 0 equal, 1 not. */
  @Override
  public Integer call() {
    CommandSpec command = requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    FilterRules rules = filters.rules(command);
    Optional<Marker> named =
        Optional.ofNullable(marker)
            .map(name -> new Marker(name, Optional.empty(), Optional.empty()));
    try (StopSignal stop = new StopSignal()) {
      PrintWriter list = output == ResultFormat.text ? out : err;
      ComparisonReport report =
          TreeComparison.compare(
              requireNonNull(first),
              requireNonNull(second),
              new ComparisonOptions(content, rules, named),
              (Difference difference) -> list.println(difference.line()),
              stop::isRequested);
      write(report, out, err);
      out.flush();
      err.flush();
      return report.equal() ? 0 : 1;
    }
  }

  private void write(ComparisonReport report, PrintWriter out, PrintWriter err) {
    report.failures().forEach(each -> err.println("failed " + each.path() + ": " + each.reason()));
    report.refusal().ifPresent(refusal -> err.println(refusal.reason()));
    ResultObject object =
        new ResultObject()
            .truth("equal", report.equal())
            .number("files", report.files())
            .number("directories", report.directories())
            .number("bytes", report.bytes())
            .number("differing", report.differing())
            .number("skipped", report.skipped())
            .number("failed", report.failed())
            .seconds("seconds", report.elapsed());
    switch (output) {
      case json -> out.println(object.json());
      case yaml -> out.println(object.yaml());
      case text -> err.println(report.equal() ? "equal" : "not equal");
    }
  }
}
