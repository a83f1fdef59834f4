package org.gemel.mirror;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.remote.ConnectionPool;
import org.gemel.mirror.remote.RemoteAbilities;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteSettings;
import org.gemel.mirror.remote.RemoteTarget;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** One pass to a server from its guards to its report. */
final class RemotePass {
  private final MirrorRequest request;
  private final RemoteTarget target;
  private final RemoteSettings settings;
  private final PassLog log;
  private final NotKept notKept = new NotKept();
  private final long started = System.nanoTime();

  RemotePass(
      MirrorRequest request,
      RemoteTarget target,
      RemoteSettings settings,
      MirrorListener listener) {
    this.request = request;
    this.target = target;
    // A plan is read by people: it has one order.
    this.settings = request.dryRun() ? settings.withStreams(1) : settings;
    this.log = new PassLog(listener);
  }

  RemoteReport run() {
    Scanner scanner = new Scanner(request.filters(), new OwnNames(request.marker()));
    return run(
        () ->
            new LocalSourceTree(
                Roots.openExisting(request.source(), "source"), scanner, FreshFiles.AWAITED));
  }

  /** Runs with a source that was opened elsewhere, and closes it. */
  RemoteReport run(SourceTree source) {
    return run(() -> source);
  }

  private interface Opening {
    SourceTree open() throws RefusedException;
  }

  private RemoteReport run(Opening opening) {
    try {
      log.allowStop();
      try (SourceTree source = opening.open();
          ConnectionPool pool = new ConnectionPool(target, settings, log::allowStop)) {
        mirror(source, pool);
      }
      return report(
          log.counts().failed() == 0 ? Outcome.COMPLETE : Outcome.INCOMPLETE, Optional.empty());
    } catch (RefusedException refused) {
      return report(Outcome.REFUSED, Optional.of(refused.refusal()));
    } catch (PassLog.StopRequested stop) {
      return report(Outcome.STOPPED, Optional.empty());
    } catch (SourceLostException | TargetLostException lost) {
      log.failed(TreePath.ROOT, String.valueOf(lost.getMessage()));
      return report(Outcome.INCOMPLETE, Optional.empty());
    } catch (IOException e) {
      log.failed(TreePath.ROOT, e);
      return report(Outcome.INCOMPLETE, Optional.empty());
    }
  }

  private void mirror(SourceTree source, ConnectionPool pool) throws RefusedException, IOException {
    if (request.deletes() == DeletePolicy.SALVAGE) {
      throw RefusedException.because(
          "found a salvage area wanted on a server, wanted one in a folder of this machine: mirror or keep there");
    }
    RemoteRoot root = new RemoteRoot(request, target, source, pool);
    @Nullable RemoteEntry top = root.open();
    if (top == null) {
      plan(source, pool);
      return;
    }
    RemoteScanner scanner = scanner();
    RemoteParts plain = parts(pool, scanner, NameFolding.NONE);
    RemoteDeleter counter = new RemoteDeleter(plain);
    if (request.deletes() == DeletePolicy.MIRROR) {
      refuse(emptySource(source, plain, counter));
    }
    if (request.dryRun()) {
      NameFolding folding = new NameFolding(plain.ask(c -> guessCase(c, scanner)), false);
      walk(source, parts(pool, scanner, folding), top, null);
      return;
    }
    EntryName temporary = plain.temporaries().next();
    RemoteProbe probe = plain.ask(connection -> RemoteProbe.put(connection, temporary));
    try {
      root.refuseNesting(probe.name());
      NameFolding folding = plain.ask(probe::folding);
      walk(source, parts(pool, scanner, folding), top, probe);
    } catch (RefusedException refused) {
      plain.change(probe::remove);
      throw refused;
    }
  }

  /** A dry run whose target is not there yet: everything would be made. */
  private void plan(SourceTree source, ConnectionPool pool) throws RefusedException, IOException {
    walk(source, parts(pool, scanner(), NameFolding.NONE), null, null);
  }

  private RemoteScanner scanner() {
    return new RemoteScanner(request.filters(), new OwnNames(request.marker()));
  }

  private static boolean guessCase(RemoteConnection connection, RemoteScanner scanner)
      throws IOException {
    List<RemoteEntry> there = scanner.list(connection, TreePath.ROOT).entries();
    return RemoteProbe.ignoresCase(connection, there);
  }

  private void walk(
      SourceTree source,
      RemoteParts parts,
      @Nullable RemoteEntry found,
      @Nullable RemoteProbe probe)
      throws RefusedException, IOException {
    if (!parts.abilities().times()) {
      parts.<@Nullable Object>ask(
          connection -> {
            parts.times().read(connection);
            return null;
          });
    }
    RemoteDeleter deleter = new RemoteDeleter(parts);
    @Nullable EntryName name = probe == null ? null : probe.name();
    RemoteWalk walk = new RemoteWalk(parts, new RemotePlacer(parts), deleter, name);
    RemoteFolder top = new RemoteFolder(parts, null, source.root(), TreePath.ROOT, found);
    if (probe != null) {
      top.touch();
    }
    top.retain();
    boolean whole = false;
    boolean lost = false;
    Optional<Refusal> refusal = Optional.empty();
    try {
      walk.run(top);
      refusal = judge(deleter.entries(), walk.held());
      if (refusal.isEmpty() && deleter.entries() > 0) {
        refusal = emptySource(source, parts, deleter);
      }
      if (refusal.isEmpty()) {
        deleter.run(source.root());
      } else {
        deleter.keep();
      }
      whole = refusal.isEmpty() && log.counts().failed() == 0;
    } catch (TargetLostException e) {
      lost = true;
      throw e;
    } finally {
      if (!lost) {
        deleter.keep();
        end(parts, top, probe, whole);
      }
    }
    refuse(refusal);
  }

  /** What is done however a pass ends, as far as the server still answers. */
  private void end(RemoteParts parts, RemoteFolder top, @Nullable RemoteProbe probe, boolean whole)
      throws IOException {
    if (!parts.abilities().times()) {
      EntryName temporary = parts.temporaries().next();
      parts.change(connection -> parts.times().write(connection, temporary, whole));
    }
    if (probe != null) {
      parts.change(probe::remove);
    }
    top.release();
  }

  private RemoteParts parts(ConnectionPool pool, RemoteScanner scanner, NameFolding folding)
      throws IOException {
    RemoteAbilities abilities = RemoteParts.ask(pool, connection -> connection.abilities());
    KeptTimes times = new KeptTimes();
    remark(abilities);
    return new RemoteParts(
        request,
        log,
        new Workers(settings.streams()),
        pool,
        settings,
        abilities,
        folding,
        new TemporaryNames(),
        scanner,
        new RemoteDiffer(abilities, times),
        times,
        notKept);
  }

  private void remark(RemoteAbilities abilities) {
    notKept.remark("not kept: owners and groups; what is written belongs to the login");
    if (!abilities.times()) {
      notKept.remark(
          "not kept: times; whether a file is still the same is judged by its size and by what the last pass noted in "
              + KeptTimes.FILE
              + " on the server");
    } else if (!abilities.folderTimes()) {
      notKept.remark("not kept: times of folders");
    }
    if (!abilities.permissions()) {
      notKept.remark("not kept: modes");
    }
    if (!abilities.atomicReplace()) {
      notKept.remark(
          "the server may not replace a file in one step: where it does not, an old file is gone for a moment before the"
              + " new one, which is complete, gets its name");
    }
    if (!abilities.durable()) {
      notKept.remark(
          "the server cannot be asked to put files on stable storage: what it took last can be lost if it loses power");
    }
  }

  private Optional<Refusal> emptySource(SourceTree source, RemoteParts parts, RemoteDeleter counter)
      throws IOException {
    EntryTable found = source.root().list().table();
    boolean empty = IntStream.range(0, found.size()).noneMatch(row -> found.type(row).isMirrored());
    if (!empty) {
      return Optional.empty();
    }
    long held = 0;
    RemoteScanner.Found there =
        parts.ask(connection -> parts.scanner().list(connection, TreePath.ROOT));
    for (RemoteEntry each : there.entries()) {
      held += counter.count(TreePath.ROOT.child(each.name()), each);
    }
    return ChangeGuard.judgeEmptySource(held, request.allowDelete());
  }

  private Optional<Refusal> judge(long deletes, long held) {
    ChangeSignals signals =
        new ChangeSignals(new Extent(deletes, 0, 0), 0, new Extent(held, 0, 0), List.of());
    return ChangeGuard.judge(signals, request.allowDelete(), OptionalLong.empty());
  }

  private static void refuse(Optional<Refusal> refusal) throws RefusedException {
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get());
    }
  }

  private RemoteReport report(Outcome outcome, Optional<Refusal> refusal) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    MirrorReport pass =
        new MirrorReport(
            outcome,
            refusal,
            log.counts(),
            log.failures(),
            elapsed,
            Duration.ZERO,
            Optional.empty(),
            ShrunkFolders.NONE,
            List.of());
    return new RemoteReport(pass, notKept.remarks());
  }
}
