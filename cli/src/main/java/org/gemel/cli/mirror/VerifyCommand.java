package org.gemel.cli.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gemel.mirror.CertificateCheck;
import org.gemel.mirror.CertificateFile;
import org.gemel.mirror.ComparisonOptions;
import org.gemel.mirror.ComparisonReport;
import org.gemel.mirror.EqualityCertificate;
import org.gemel.mirror.Marker;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.TreeRoot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemel verify A B}: are two trees equal? */
@Command(
    name = "verify",
    description = {
      "Say whether two trees are equal, and list in what they differ; repair it, certify it.",
      "Nothing is changed but by --repair-from."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gemel verify /mnt/X/Projects /mnt/Y/Projects",
      "  gemel verify --content --bwlimit 200M /mnt/X/Projects /mnt/Y/Projects",
      "  gemel verify --content --repair-from /mnt/X/Projects /mnt/X/Projects /mnt/Y/Projects",
      "  gemel verify --content --certificate equal.json /mnt/X/Projects /mnt/Y/Projects",
      "  gemel verify --check-certificate equal.json /mnt/Y/Projects",
      "",
      "Exit: 0 equal, 1 not equal or not all could be compared, 2 usage, 4 repaired in part,",
      "5 a repair was refused as unsafe."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", converter = LocalTree.class, description = "One tree.")
  private @Nullable TreeRoot first;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "B",
      converter = LocalTree.class,
      description = "The other; left out with --check-certificate.")
  private @Nullable TreeRoot second;

  @Mixin private VerifyOptions chosen = new VerifyOptions();
  @Mixin private FilterOptions filters = new FilterOptions();

  /** Compares; the exit codes are those of the usage text. */
  @Override
  public Integer call() {
    CommandSpec command = requireNonNull(spec);
    chosen.refuseContradictions(command, requireNonNull(first), second);
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    try (StopSignal stop = new StopSignal()) {
      Run run = new Run(out, err, stop, options(command));
      return second == null ? run.checkCertificate() : run.verify(requireNonNull(second));
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private ComparisonOptions options(CommandSpec command) {
    if (chosen.streams < 0) {
      throw new ParameterException(
          command.commandLine(), "found --streams " + chosen.streams + ", wanted 1 or more");
    }
    return new ComparisonOptions(
            chosen.content,
            filters.rules(command),
            Optional.ofNullable(chosen.marker)
                .map(name -> new Marker(name, Optional.empty(), Optional.empty())))
        .withStreams(chosen.streams)
        .withRate(chosen.bytesPerSecond == null ? 0 : chosen.bytesPerSecond)
        .withFromStorage(chosen.fromStorage)
        .withTreeHash(chosen.certificate != null);
  }

  /** One run of the command. */
  private final class Run {
    private final PrintWriter out;
    private final PrintWriter err;
    private final PrintWriter lines;
    private final StopSignal stop;
    private final ComparisonOptions options;

    Run(PrintWriter out, PrintWriter err, StopSignal stop, ComparisonOptions options) {
      this.out = out;
      this.err = err;
      this.lines = chosen.output == ResultFormat.text ? out : err;
      this.stop = stop;
      this.options = options;
    }

    int verify(TreeRoot other) throws IOException {
      Verification verification = verification(options);
      ComparisonReport report = verification.compare(requireNonNull(first), other, options);
      Verification.writeFailures(report, err);
      boolean mayRepair = !report.equal() && !report.stopped() && report.refusal().isEmpty();
      if (chosen.repairFrom == null || !mayRepair) {
        return conclude(other, report, VerifyResult.of(report), report.equal() ? 0 : 1);
      }
      MirrorReport repaired =
          new Repair(lines, err, stop::isRequested).run(request(other), verification.suspects());
      if (repaired.outcome() != MirrorReport.Outcome.COMPLETE) {
        err.println("repair: " + repaired.summary());
      }
      if (chosen.dryRun) {
        ResultObject result = VerifyResult.of(report, report, repaired);
        return conclude(other, report, result, Math.max(1, MirrorResult.exitCode(repaired)));
      }
      ComparisonReport after = verification(options).compare(first, other, options);
      Verification.writeFailures(after, err);
      int exit =
          after.equal()
              ? 0
              : repaired.outcome() == MirrorReport.Outcome.COMPLETE
                  ? 1
                  : MirrorResult.exitCode(repaired);
      return conclude(other, after, VerifyResult.of(after, report, repaired), exit);
    }

    private Verification verification(ComparisonOptions how) {
      return new Verification(
          lines::println, stop::isRequested, ProgressLine.onTerminal(err), how.content());
    }

    private MirrorRequest request(TreeRoot other) {
      boolean fromFirst = VerifyOptions.isSame(requireNonNull(first), chosen.repairFrom);
      MirrorRequest request =
          MirrorRequest.of(fromFirst ? first : other, fromFirst ? other : first)
              .withFilters(options.filters())
              .withDryRun(chosen.dryRun);
      if (chosen.allowDelete != null) {
        request = request.withAllowDelete(chosen.allowDelete);
      }
      return options.marker().isEmpty() ? request : request.withMarker(options.marker().get());
    }

    private int conclude(TreeRoot other, ComparisonReport report, ResultObject result, int exit)
        throws IOException {
      if (chosen.certificate != null && report.equal()) {
        CertificateFile.write(
            Path.of(chosen.certificate),
            EqualityCertificate.of(
                requireNonNull(first), other, options, report, Optional.ofNullable(chosen.epoch)));
      }
      write(result, report.equal() ? "equal" : "not equal");
      return exit;
    }

    int checkCertificate() throws IOException {
      EqualityCertificate certificate =
          CertificateFile.read(Path.of(requireNonNull(chosen.checkCertificate)));
      TreeRoot tree = requireNonNull(first);
      ComparisonOptions wanted = certificate.options();
      Verification verification = verification(wanted);
      verification.count(tree, wanted);
      CertificateCheck check =
          CertificateCheck.run(
              certificate, tree, options.streams(), options.bytesPerSecond(), verification);
      Verification.writeFailures(check.report(), err);
      write(VerifyResult.of(check), check.words());
      return check.holds() ? 0 : 1;
    }

    private void write(ResultObject result, String words) {
      switch (chosen.output) {
        case json -> out.println(result.json());
        case yaml -> out.println(result.yaml());
        case text -> err.println(words);
      }
    }
  }
}
