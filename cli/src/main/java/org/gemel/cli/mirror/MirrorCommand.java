package org.gemel.cli.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.gemel.mirror.Change;
import org.gemel.mirror.DeletePolicy;
import org.gemel.mirror.Failure;
import org.gemel.mirror.Marker;
import org.gemel.mirror.MirrorIndex;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorProfileFile;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.PassSafety;
import org.gemel.mirror.RateLimit;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.link.AgentPlace;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.RemoteSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemel mirror FROM TO}: makes TO equal FROM. */
@Command(
    name = "mirror",
    description = "Make the tree TO equal the tree FROM: one way, 1:1, deletes included.",
    footerHeading = "%nExample:%n",
    footer = {
      "  gemel mirror --dry-run /mnt/X/Projects /mnt/Y/Projects",
      "  gemel mirror --exclude '*.tmp' /mnt/X/Projects /mnt/Y/Projects",
      "  gemel mirror --watch --index /var/lib/gemel/index /mnt/X/Projects /mnt/Y/Projects",
      "  gemel mirror --bwlimit 200M /mnt/X/Projects /mnt/Y/Projects",
      "  gemel mirror --profile projects.yaml",
      "  gemel mirror --streams 6 /mnt/X/Projects sftp://mirror@nas-y/volume/Projects",
      "  gemel mirror --link-ca id.pem --link-certificate id.pem --link-key id.pem /mnt/X"
          + " agent://nas-y:8446/media",
      "",
      "Exit: 0 TO equals FROM, 1 failed and nothing changed, 2 usage, 4 stopped or failed half-way"
          + " (run again),",
      "5 refused as unsafe, 6 cannot reach the other end, 8 it does not let us in."
    },
    subcommands = {SalvageCommand.class, ServeCommand.class},
    mixinStandardHelpOptions = true)
public final class MirrorCommand implements Callable<Integer> {
  private @Nullable CommandSpec spec;

  /** Lets {@code salvage} be an option's value, too, although it is a subcommand's name. */
  @Spec
  void spec(CommandSpec given) {
    given.parser().allowSubcommandsAsOptionParameters(true);
    spec = given;
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FROM",
      converter = SourceTreeText.class,
      description = "The tree that is right: a folder, or agent://HOST:PORT/VOLUME/PATH.")
  private @Nullable TreeRoot from;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TO",
      converter = TargetTree.class,
      description =
          "The tree that is made equal: a folder, or sftp://user@host/path, ftp://user@host/path"
              + " (below the login's folder), ftps://user@host/path, or"
              + " agent://HOST:PORT/VOLUME/PATH, where the work is then done.")
  private @Nullable TreeRoot to;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Print what would be changed, one change a line; change nothing.")
  private boolean dryRun;

  @Option(
      names = "--delete",
      paramLabel = "mirror|keep|salvage",
      defaultValue = "mirror",
      description =
          "What only TO has: delete it (mirror, the default), keep it, or move it, and what is overwritten, to the"
              + " salvage area in TO.")
  private String delete = "mirror";

  @Option(
      names = "--allow-delete",
      paramLabel = "N",
      description =
          "Permit up to N deletes. Without it more than 1000 are refused if they are more than 10%% of TO, and more than"
              + " 10 GiB if they are more than 10%% of its bytes.")
  private @Nullable Long allowDelete;

  @Option(
      names = "--allow-overwrite",
      paramLabel = "N",
      description =
          "Permit up to N files to be overwritten. Without it more than 1000 are refused if they are more than 30%% of"
              + " TO's files.")
  private @Nullable Long allowOverwrite;

  @Option(
      names = "--parked",
      paramLabel = "FILE",
      description = "Where to write the list of what was refused, one entry a line.")
  private @Nullable Path parked;

  @Option(
      names = "--approve",
      paramLabel = "HASH",
      description =
          "Permit exactly the list of deletes and overwrites with this hash; if it has changed since, stop and say so.")
  private @Nullable String approve;

  @Option(
      names = "--checksum",
      description = "Read files of equal size and time, too, to see if they are equal.")
  private boolean checksum;

  @Option(
      names = "--marker",
      paramLabel = "NAME",
      description =
          "Require this file at the top of both trees, as the proof that their volumes are"
              + " mounted.")
  private @Nullable String marker;

  @Option(
      names = {"-w", "--watch"},
      description =
          "After a pass, print 'watching' and mirror each change as it happens, until ended.")
  private boolean watch;

  @Option(
      names = "--index",
      paramLabel = "DIR|none",
      defaultValue = "none",
      description =
          "Remember both trees in this folder: then what was renamed is renamed, folders of TO that nobody has touched"
              + " are not read again, and of large files only what has changed is written. Without it both trees are read (none, the default).")
  private String index = "none";

  @Option(
      names = "--in-place",
      description =
          "Patch large files of TO in place: no room is needed for a second copy. The name of such a file is absent"
              + " until it is whole; if that is interrupted, the next pass goes on with it.")
  private boolean inPlace;

  @Option(
      names = "--specials",
      description =
          "Mirror FIFOs and, as root, devices, too; without it they are skipped and counted.")
  private boolean specials;

  @Option(names = "--stats", description = "Print counts at the end.")
  private boolean stats;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print each change when it is made.")
  private boolean verbose;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml",
      defaultValue = "text",
      description = "How to write the result.")
  private ResultFormat output = ResultFormat.text;

  @Mixin private FilterOptions filters = new FilterOptions();
  @Mixin private ProfileOption profile = new ProfileOption();

  @Mixin private SalvageOptions salvage = new SalvageOptions();

  @Mixin private BandwidthOption bandwidth = new BandwidthOption();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Mixin private LinkArguments link = new LinkArguments();

  /** Runs the pass; the exit codes are those of the usage text. */
  @Override
  public Integer call() {
    CommandSpec command = requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    MirrorRequest request = request(command);
    Places places = new Places(request.source(), request.target());
    places.refuseContradictions(
        command, watch, request.index().isPresent(), inPlace, request.filters().specials(), link);
    if (places.toServer()) {
      return mirrorToServer(command, request, out, err);
    }
    MirrorReport report;
    try (StopSignal stop = new StopSignal()) {
      Teller teller = new Teller(out, err, stop);
      report =
          watch && !dryRun
              ? new WatchRun(request, teller, stop, err).run()
              : new MirrorRun(link, streams(), bandwidth.bytesPerSecond(profile), command)
                  .run(request, teller);
      MirrorResult.write(report, output, stats, out, err);
      out.flush();
      err.flush();
    }
    return MirrorResult.exitCode(report);
  }

  private int mirrorToServer(
      CommandSpec command, MirrorRequest request, PrintWriter out, PrintWriter err) {
    RemoteAddress address = RemoteAddress.parse(request.target().path());
    RemoteSettings settings = RemoteChoice.settings(remote, streams(), command);
    try (StopSignal stop = new StopSignal();
        RemoteRun run = new RemoteRun(RemoteChoice.target(remote, address, dryRun))) {
      MirrorReport report = run.mirror(request, settings, new Teller(out, err, stop), err);
      MirrorResult.write(report, output, stats, out, err);
      return run.exitCode(report);
    } catch (IOException e) {
      throw new UncheckedIOException("closing the connections to " + address, e);
    } finally {
      out.flush();
      err.flush();
    }
  }

  private MirrorRequest request(CommandSpec command) {
    MirrorRequest plain =
        MirrorRequest.of(
            profile.tree("FROM", from, MirrorProfileFile::from, new SourceTreeText()),
            profile.tree("TO", to, MirrorProfileFile::to, new TargetTree()));
    MirrorRequest request =
        plain
            .withDeletes(profile.value("--delete", policy(command), MirrorProfileFile::delete))
            .withFilters(
                filters
                    .rules(command, profile)
                    .withSpecials(
                        profile.value("--specials", specials, MirrorProfileFile::specials)))
            .withChecksum(profile.value("--checksum", checksum, MirrorProfileFile::checksum))
            .withDryRun(dryRun)
            .withInPlace(inPlace)
            .withSafety(safety())
            .withRate(RateLimit.of(bandwidth.bytesPerSecond(profile)))
            .withStreams(streams(command));
    Optional<Long> deletes =
        profile.value(
            "--allow-delete", Optional.ofNullable(allowDelete), MirrorProfileFile::allowDelete);
    if (deletes.isPresent()) {
      request = request.withAllowDelete(deletes.get());
    }
    String remembered = profile.value("--index", index, MirrorCommand::indexInFile);
    if (!remembered.equals(MirrorProfileFile.NO_INDEX)) {
      request = request.withIndex(new MirrorIndex(indexFolder(remembered, request), true));
    }
    Optional<String> required =
        profile.value("--marker", Optional.ofNullable(marker), MirrorProfileFile::marker);
    return required.isEmpty()
        ? request
        : request.withMarker(new Marker(required.get(), Optional.empty(), Optional.empty()));
  }

  private Optional<Integer> streams() {
    return profile.value(
        "--streams", Optional.ofNullable(remote.streams), MirrorProfileFile::streams);
  }

  /** 0 where nobody says. */
  private int streams(CommandSpec command) {
    int wanted = streams().orElse(0);
    if (streams().isPresent() && (wanted < 1 || wanted > MirrorRequest.MOST_STREAMS)) {
      throw new ParameterException(
          command.commandLine(),
          "found --streams %d, wanted 1 to %d".formatted(wanted, MirrorRequest.MOST_STREAMS));
    }
    return wanted;
  }

  private static String indexInFile(MirrorProfileFile file) {
    return file.index().orElse(MirrorProfileFile.NO_INDEX);
  }

  /** One folder for each pair of trees, so that several may share the one that is named. */
  private static Path indexFolder(String index, MirrorRequest request) {
    String pair = named(request.source()) + "\0" + named(request.target());
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return Path.of(index).resolve(UUID.nameUUIDFromBytes(bytes).toString());
  }

  /** A place behind a server is called the same wherever the command is run. */
  private static String named(TreeRoot root) {
    return AgentPlace.isMeant(root.path())
        ? root.path()
        : Path.of(root.path()).toAbsolutePath().normalize().toString();
  }

  private PassSafety safety() {
    PassSafety safety = PassSafety.DEFAULT.withSalvage(salvage.limits());
    if (allowOverwrite != null) {
      safety = safety.withAllowOverwrite(allowOverwrite);
    }
    if (approve != null) {
      safety = safety.withApproved(approve);
    }
    return parked == null ? safety : safety.withList(parked.toAbsolutePath());
  }

  private DeletePolicy policy(CommandSpec command) {
    return switch (delete) {
      case "mirror" -> DeletePolicy.MIRROR;
      case "keep" -> DeletePolicy.KEEP;
      case "salvage" -> DeletePolicy.SALVAGE;
      default ->
          throw new ParameterException(
              command.commandLine(),
              "found --delete=" + delete + ", wanted mirror, keep or salvage");
    };
  }

  /**
   * Prints changes of a dry run (or of a talkative pass) on standard output, failures on the other.
   */
  private final class Teller implements MirrorListener {
    private final PrintWriter out;
    private final PrintWriter err;
    private final StopSignal stop;

    private Teller(PrintWriter out, PrintWriter err, StopSignal stop) {
      this.out = out;
      this.err = err;
      this.stop = stop;
    }

    @Override
    public void changed(Change change) {
      if (dryRun || verbose) {
        (output == ResultFormat.text ? out : err).println(change.line());
      }
    }

    @Override
    public void failed(Failure failure) {
      err.println("failed " + failure.path() + ": " + failure.reason());
    }

    @Override
    public boolean stopRequested() {
      return stop.isRequested();
    }
  }
}
