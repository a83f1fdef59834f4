package org.gemel.cli.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.mirror.SalvageStore;
import org.gemel.mirror.SalvagedPass;
import org.gemel.mirror.TreeRoot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemel mirror salvage}: what passes with {@code --delete=salvage} took from a target. */
@Command(
    name = "salvage",
    description = "Show, give back or remove what was kept by --delete=salvage.",
    footerHeading = "%nExample:%n",
    footer = {
      "  gemel mirror salvage list /mnt/Y/Projects",
      "  gemel mirror salvage restore /mnt/Y/Projects Edit/scene7.mxf",
      "  gemel mirror salvage purge --older-than 7d /mnt/Y/Projects"
    },
    mixinStandardHelpOptions = true)
public final class SalvageCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** What may fail with a sentence for the person. */
  private interface Work<T> {
    T with(SalvageStore store) throws IOException;
  }

  @Override
  public void run() {
    throw new ParameterException(
        requireNonNull(spec).commandLine(),
        "found no word after salvage, wanted list, restore or purge");
  }

  @Command(
      name = "list",
      description = "List the passes that something is kept of, the oldest first.",
      footerHeading = "%nExample:%n",
      footer = "  gemel mirror salvage list -o json /mnt/Y/Projects",
      mixinStandardHelpOptions = true)
  int list(
      @Parameters(paramLabel = "TO", converter = LocalTree.class) TreeRoot to,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "text|json|yaml",
              defaultValue = "text",
              description = "How to write the list.")
          ResultFormat output) {
    List<SalvagedPass> passes = on(to, SalvageStore::list);
    Instant now = Instant.now();
    List<ResultObject> objects = passes.stream().map(each -> object(each, now)).toList();
    PrintWriter out = out();
    switch (output) {
      case json ->
          out.println(
              objects.stream().map(ResultObject::json).collect(Collectors.joining(",", "[", "]")));
      case yaml -> objects.forEach(each -> out.println("- " + each.yaml().replace("\n", "\n  ")));
      case text -> passes.forEach(each -> out.println(line(each, now)));
    }
    return 0;
  }

  @Command(
      name = "restore",
      description =
          "Move a thing back to where it was. The next pass takes it away again unless FROM has it, too.",
      footerHeading = "%nExample:%n",
      footer = "  gemel mirror salvage restore /mnt/Y/Projects Edit/scene7.mxf",
      mixinStandardHelpOptions = true)
  int restore(
      @Parameters(paramLabel = "TO", converter = LocalTree.class) TreeRoot to,
      @Parameters(paramLabel = "PATH", description = "Its path in TO, as passes print it.")
          String path,
      @Option(
              names = "--pass",
              paramLabel = "NAME",
              description = "The pass to take it from, as listed; else the last that has it.")
          @Nullable String pass,
      @Option(
              names = "--yes",
              description = "Put a file that is there now into the salvage in exchange.")
          boolean yes) {
    String from = on(to, store -> store.restore(path, Optional.ofNullable(pass), yes));
    out().println("restored " + path + " from " + from);
    return 0;
  }

  @Command(
      name = "purge",
      description = "Remove what is kept, for good.",
      footerHeading = "%nExample:%n",
      footer = "  gemel mirror salvage purge --older-than 7d /mnt/Y/Projects",
      mixinStandardHelpOptions = true)
  int purge(
      @Parameters(paramLabel = "TO", converter = LocalTree.class) TreeRoot to,
      @Option(
              names = "--older-than",
              paramLabel = "7d",
              converter = AgeText.class,
              description = "Of passes that began longer ago.")
          @Nullable Duration age,
      @Option(names = "--pass", paramLabel = "NAME", description = "Of this pass.")
          @Nullable String pass,
      @Option(names = "--all", description = "Of all passes.") boolean all) {
    if ((age != null ? 1 : 0) + (pass != null ? 1 : 0) + (all ? 1 : 0) != 1) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(),
          "found not exactly one of --older-than, --pass and --all, wanted to be told what goes for good");
    }
    Instant now = Instant.now();
    Predicate<SalvagedPass> chosen =
        each ->
            all
                || each.name().equals(pass)
                || (age != null && each.begun().isBefore(now.minus(age)));
    int removed = on(to, store -> store.purge(chosen));
    out().println("removed what was kept of " + removed + (removed == 1 ? " pass" : " passes"));
    return 0;
  }

  private static <T> T on(TreeRoot to, Work<T> work) {
    try (SalvageStore store = SalvageStore.open(to)) {
      return work.with(store);
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static String line(SalvagedPass pass, Instant now) {
    return "%s  %d entries  %d bytes  %s old%s"
        .formatted(
            pass.name(),
            pass.entries(),
            pass.bytes(),
            age(Duration.between(pass.begun(), now)),
            pass.partial() ? "  in part" : "");
  }

  private static String age(Duration age) {
    return age.toDays() > 0
        ? age.toDays() + "d"
        : age.toHours() > 0 ? age.toHours() + "h" : age.toMinutes() + "m";
  }

  private static ResultObject object(SalvagedPass pass, Instant now) {
    return new ResultObject()
        .text("pass", pass.name())
        .text("begun", pass.begun().toString())
        .seconds("age", Duration.between(pass.begun(), now))
        .number("entries", pass.entries())
        .number("bytes", pass.bytes())
        .truth("partial", pass.partial());
  }

  private PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }
}
