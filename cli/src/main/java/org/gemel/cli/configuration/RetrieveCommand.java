package org.gemel.cli.configuration;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.config.ConfigurationFault;
import org.gemel.config.kept.KeptArchive;
import org.gemel.config.kept.KeptFolder;
import org.gemel.config.kept.KeptMachine;
import org.gemel.config.kept.KeptWords;
import org.gemel.config.kept.MachineKind;
import org.gemel.config.kept.RecoveryKey;
import org.gemel.config.kept.Retrieval;
import org.gemel.config.kept.Retrieval.Change;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code gemel config retrieve}: a replacement machine from what was kept of the one it replaces.
 */
@Command(
    name = "retrieve",
    description = {
      "Sets this machine up as one whose configuration is kept on a storage system: its files are put"
          + " in their places, and with a token it joins. Without a MACHINE, lists what is kept."
    },
    footer = {
      "",
      "Examples: a NAS head or a client,",
      "  gemel config retrieve nas-x --from /mnt/x/Configuration --token TOKEN",
      "where the token is one that `gemel device join-token nas-x` made; a control point:",
      "  gemel config retrieve control-point --from /mnt/y/Configuration --recovery-key key.txt",
      "",
      "Exit codes: 0 done, 1 failed and nothing changed, 3 the recovery key is wanted, 4 the files are in",
      "their places but the machine has not joined, 5 something else stands there: look, then --replace."
    },
    mixinStandardHelpOptions = true)
public final class RetrieveCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "MACHINE",
      description = "its name in the facility; control-point for a control point")
  private @Nullable String machine;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FOLDER",
      description = "the folder of either storage system that configuration is kept in")
  private Path from = Path.of("");

  @Option(
      names = "--root",
      defaultValue = "/",
      paramLabel = "DIR",
      description = "put the files below this folder; default: this machine's own places")
  private Path root = Path.of("/");

  @Option(names = "--dry-run", description = "say what would be put where, and change nothing")
  private boolean dryRun;

  @Option(
      names = "--replace",
      description = "files that stand there give way; each is kept beside as FILE.before-1")
  private boolean replace;

  @Option(
      names = "--recovery-key",
      paramLabel = "FILE",
      description = "what opens a control point's secrets, as it was printed")
  private @Nullable Path recoveryKey;

  @Option(
      names = "--without-secrets",
      description = "set up a control point anew: every device has to join it again")
  private boolean withoutSecrets;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "join at the control point that the retrieved file names")
  private @Nullable String token;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try {
      var folder = new KeptFolder(from);
      if (machine == null) {
        list(folder);
      } else {
        retrieve(KeptArchive.read(folder.read(machine), machine + " in " + from));
      }
      return 0;
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, KeptWords.of(e));
    } catch (ConfigurationFault | IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private void list(KeptFolder folder) throws IOException {
    var machines = folder.digests().keySet();
    if (machines.isEmpty()) {
      throw new Failure(
          ExitCode.FAILED,
          "found nothing kept in "
              + from
              + ", wanted the folder that `configuration` names in a NAS head's file, on its volume");
    }
    for (var each : machines) {
      describe(folder, each);
    }
  }

  /** One that is damaged does not hide the others. */
  private void describe(KeptFolder folder, String each) {
    try {
      var kept = KeptArchive.read(folder.read(each), each + " in " + from);
      say(
          "%-20s %-13s %d files, changed %s"
              .formatted(
                  each,
                  kept.kind() == MachineKind.CONTROL_POINT ? "control point" : "device",
                  kept.files().size(),
                  kept.changed().truncatedTo(ChronoUnit.SECONDS)));
    } catch (IOException damaged) {
      say("%-20s damaged: %s".formatted(each, KeptWords.of(damaged)));
    }
  }

  private void retrieve(KeptMachine kept) throws IOException {
    var joining = Joining.of(kept, token);
    var retrieval = Retrieval.plan(kept, root, key());
    retrieval
        .items()
        .forEach(
            item ->
                say(
                    "%-8s %s %s"
                        .formatted(
                            item.change().name().toLowerCase(Locale.ROOT),
                            item.file().mode(),
                            item.target())));
    if (dryRun) {
      return;
    }
    requireAllowed(retrieval);
    StandingControlPoint.refuseToReplace(retrieval);
    retrieval.perform();
    var start = Retrieval.below(root, kept.start());
    if (joining.isPresent()) {
      say("joined as " + joining.get().join(start, root));
    } else if (kept.kind() == MachineKind.AGENT) {
      say(
          "next: make a token with `gemel device join-token %s`, then join with `gemel agent join`"
              .formatted(kept.machine()));
    }
    say("start it with: gemel %s --config %s".formatted(kept.kind().command(), start));
  }

  private void requireAllowed(Retrieval retrieval) {
    var sealed = retrieval.items().stream().anyMatch(item -> item.change() == Change.SEALED);
    if (sealed && !withoutSecrets) {
      throw new Failure(
          ExitCode.NOT_READY,
          "found sealed files, wanted the recovery key: give --recovery-key FILE (or --without-secrets for a new"
              + " control point, which every device has to join again); nothing was changed");
    }
    if (retrieval.replaces() && !replace) {
      throw new Failure(
          ExitCode.UNSAFE,
          "found other files where some of these belong, wanted none: look at those marked replace, then give"
              + " --replace; nothing was changed");
    }
  }

  private Optional<RecoveryKey> key() throws IOException {
    if (recoveryKey == null) {
      return Optional.empty();
    }
    return Optional.of(RecoveryKey.parse(Files.readString(recoveryKey)));
  }

  private void say(String line) {
    requireNonNull(spec).commandLine().getOut().println(line);
  }
}
