package org.gemel.mirror;

import java.time.Duration;
import java.util.Optional;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** One pass from its guards to its report. */
final class Pass {
  private final MirrorRequest request;
  private final PassLog log;
  private final Scanner scanner;
  private final long started = System.nanoTime();
  private final WritingTime writing = new WritingTime();

  Pass(MirrorRequest request, MirrorListener listener) {
    this.request = request;
    this.log = new PassLog(listener);
    this.scanner = new Scanner(request.filters(), new OwnNames(request.marker()));
  }

  MirrorReport run() {
    try {
      log.allowStop();
      try (Roots roots = Roots.open(request)) {
        mirror(roots);
      }
      return report(
          log.counts().failed() == 0 ? Outcome.COMPLETE : Outcome.INCOMPLETE, Optional.empty());
    } catch (RefusedException refused) {
      return report(Outcome.REFUSED, Optional.of(refused.refusal()));
    } catch (PassLog.StopRequested stop) {
      return report(Outcome.STOPPED, Optional.empty());
    } catch (SystemCallException e) {
      log.failed(TreePath.ROOT, e.getMessage());
      return report(Outcome.INCOMPLETE, Optional.empty());
    }
  }

  private void mirror(Roots roots) throws RefusedException, SystemCallException {
    Folder source = roots.source();
    @Nullable Folder target = roots.target();
    Deleter deleter = new Deleter(source, target, scanner, log, request.dryRun());
    RootGuard guard = new RootGuard(request, scanner);
    guard.check(roots, deleter);

    ParkedDeletes parked = new ParkedDeletes();
    FolderFinisher finisher = new FolderFinisher();
    EntryDiffer differ = new EntryDiffer(request.checksum(), log::allowStop);
    Applier applier = writing.measure(applier(target));
    EntryPlacer placer = new EntryPlacer(differ, applier, log);
    TreeWalk walk =
        new TreeWalk(
            request,
            scanner,
            applier,
            deleter,
            parked,
            finisher,
            log,
            placer,
            differ,
            target == null ? null : target.status().identity());
    walk.folder(source, new Place(TreePath.ROOT, target, target == null ? null : target.status()));

    Optional<Refusal> refusal =
        DeleteGuard.judge(parked.entries(), walk.held(), request.allowDelete());
    if (refusal.isEmpty() && parked.entries() > 0 && target != null) {
      refusal = guard.emptySource(source, target, deleter);
    }
    if (target != null) {
      long before = System.nanoTime();
      if (refusal.isEmpty()) {
        new DeletePhase(source, target, deleter, placer, log).run(parked);
      }
      if (!request.dryRun()) {
        finisher.finish(target, log);
        target.syncFileSystem();
      }
      writing.add(System.nanoTime() - before);
    }
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get());
    }
  }

  private Applier applier(@Nullable Folder target) {
    if (request.dryRun() || target == null) {
      return new DryApplier();
    }
    TemporaryNames temporaries = new TemporaryNames();
    return new TreeApplier(target, new FileMover(temporaries, log), temporaries);
  }

  private MirrorReport report(Outcome outcome, Optional<Refusal> refusal) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    return new MirrorReport(
        outcome, refusal, log.counts(), log.failures(), elapsed, elapsed.minus(writing.total()));
  }
}
