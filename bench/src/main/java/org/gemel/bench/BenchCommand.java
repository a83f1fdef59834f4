package org.gemel.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gemel.bench.figure.JsonReport;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.TextReport;
import org.gemel.bench.peer.Gemel;
import org.gemel.bench.process.Caches;
import org.gemel.bench.process.Timed;
import org.gemel.bench.tree.Trees;
import org.gemel.bench.work.Course;
import org.gemel.bench.work.Findings;
import org.gemel.bench.work.MirroredMillion;
import org.gemel.bench.work.Sizes;
import org.gemel.bench.work.Work;
import org.gemel.bench.work.Works;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemel bench}: the works one after the other, then the report. */
@Command(
    name = "gemel bench",
    description =
        "Measure Gemel beside its peers, in one run: A large files, B small files, C a pass that finds nothing to do, D following changes, E changes within a large file, F a planned switch of two databases, G the same at three sizes of them, H the start of their replication, I a steady load with it and without, memory.",
    footerHeading = "%nExample:%n",
    footer = {
      "  gemel bench --scale 0.01        all of it, small: does it work?",
      "  gemel bench C D --runs 5",
      "  gemel bench H I --scale 0.1     databases: half an hour at full scale",
      "",
      "Peers that are not installed are left out and named.",
      "Exit: 0 measured, whatever the figures, 1 a tree was not equal or Gemel failed, 2 usage."
    },
    version = "gemel bench: measures the program that --gemel names",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  /** How the report is written. */
  enum Format {
    text,
    json
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "WORK",
      arity = "0..*",
      description = "A, B, C, D, E, memory, F, G, H, I; default all.")
  private List<String> works = new ArrayList<>();

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "How much of the full work (default: ${DEFAULT-VALUE}).")
  private double scale = 1;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "/var/tmp",
      description = "Where trees are made and removed again (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("/var/tmp");

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds that all contestants take turns in (default: ${DEFAULT-VALUE}).")
  private int runs = 3;

  @Option(
      names = "--cold",
      description = "Drop the machine's caches before each measured run (root only).")
  private boolean cold;

  @Option(
      names = "--gemel",
      paramLabel = "PATH",
      defaultValue = "${sys:gemel.launcher:-gemel}",
      description = "The program under test (default: this one).")
  private Path launcher = Path.of("gemel");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to write the report.")
  private Format output = Format.text;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    List<Work> chosen = chosen(command);
    Sizes sizes;
    try {
      sizes = new Sizes(scale);
      Needs.check(sizes, chosen, directory, runs, cold);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
    Findings findings = new Findings(command.commandLine().getErr());
    try (Workspace workspace = Workspace.in(directory)) {
      Timed timed = new Timed(workspace.scratch());
      Caches caches = new Caches(cold, timed, workspace.trees());
      Gemel gemel = Gemel.meet(launcher.toAbsolutePath(), timed);
      List<String> conditions = conditions(gemel, caches, timed);
      List<Section> sections = new ArrayList<>();
      Trees trees = new Trees(timed);
      Course course =
          new Course(
              sizes,
              runs,
              workspace.trees(),
              workspace.scratch(),
              timed,
              caches,
              trees,
              gemel,
              findings,
              new MirroredMillion(sizes.million(), workspace.trees(), trees));
      for (Work work : chosen) {
        sections.addAll(done(work, course));
      }
      out.print(
          output == Format.json
              ? JsonReport.of(conditions, sections)
              : TextReport.of(conditions, sections));
      out.flush();
      findings.tell("removing the trees of this run ...");
    }
    findings.faults().forEach(fault -> findings.tell("FAULT " + fault));
    return findings.faults().isEmpty() ? 0 : 1;
  }

  /** A work that breaks off costs its own figures, not those of the others. */
  private static List<Section> done(Work work, Course course)
      throws IOException, InterruptedException {
    try {
      return work.run(course);
    } catch (IOException e) {
      course.findings().broken(work.name(), e);
      course.trees().remove(course.folder().resolve(work.name()));
      return List.of();
    }
  }

  private List<Work> chosen(CommandSpec command) {
    List<Work> all = Works.all();
    List<String> names = all.stream().map(Work::name).toList();
    for (String work : works) {
      if (!names.contains(work)) {
        throw new ParameterException(
            command.commandLine(),
            "found no work '" + work + "', wanted some of " + String.join(", ", names));
      }
    }
    return all.stream().filter(work -> works.isEmpty() || works.contains(work.name())).toList();
  }

  private List<String> conditions(Gemel gemel, Caches caches, Timed timed)
      throws IOException, InterruptedException {
    return List.of(
        "Gemel: " + gemel.version() + ", process start included",
        "Machine: " + Machine.description(directory),
        "Peers: " + Machine.peers(timed),
        String.format(
            Locale.ROOT,
            "Scale %s, %d rounds in turns, caches %s, everything written before each run; ratios are medians of the rounds' ratios; peak is of the largest process",
            Double.toString(scale),
            runs,
            caches.name()),
        "Gemel ends when all it wrote is on stable storage; of the peers only what says sync does");
  }
}
