package org.gemel.mirror;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.index.BlockSignature;
import org.gemel.mirror.index.SignatureStore;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** One pass from its guards to its report. */
final class Pass {
  private final MirrorRequest request;
  private final Suspects suspects;
  private final PassLog log;
  private final Scanner scanner;
  private final long started = System.nanoTime();
  private static final int FEW = 32;

  private final @Nullable ToldChanges told;
  private final int threads;
  private Extent held = Extent.NOTHING;
  private @Nullable GuardedChanges changes;
  private long failedWalking;
  private final WritingTime writing = new WritingTime();
  private final Instant begun;
  private final SignatureStore signatures;
  private final TornFiles torn = new TornFiles();
  private final long large;

  Pass(MirrorRequest request, Suspects suspects, MirrorListener listener) {
    this(request, suspects, listener, InstantSource.system());
  }

  Pass(MirrorRequest request, Suspects suspects, MirrorListener listener, InstantSource clock) {
    // A plan is read by people: it has one order.
    this(
        request,
        suspects,
        listener,
        null,
        request.dryRun() ? 1 : request.threads(),
        clock.instant(),
        LargeFiles.USUAL_SIZE);
  }

  /** One to which files are large from another size on. */
  Pass(MirrorRequest request, MirrorListener listener, long large) {
    this(request, Suspects.NONE, listener, null, request.threads(), Instant.now(), large);
  }

  /** One that looks only where something is said to have changed. */
  Pass(MirrorRequest request, MirrorListener listener, ToldChanges told) {
    this(
        request,
        Suspects.NONE,
        listener,
        told,
        told.hints().size() < FEW ? 1 : request.threads(),
        Instant.now(),
        LargeFiles.USUAL_SIZE);
  }

  /** One that looks only there, and copies some files anew however equal they seem. */
  Pass(MirrorRequest request, Suspects suspects, MirrorListener listener, ToldChanges told) {
    this(request, suspects, listener, told, 1, Instant.now(), LargeFiles.USUAL_SIZE);
  }

  private Pass(
      MirrorRequest request,
      Suspects suspects,
      MirrorListener listener,
      @Nullable ToldChanges told,
      int threads,
      Instant begun,
      long large) {
    this.begun = begun;
    this.large = large;
    this.signatures =
        request
            .index()
            .map(index -> SignatureStore.in(index.folder()))
            .orElseGet(SignatureStore::none);
    this.request = request;
    this.suspects = suspects;
    this.told = told;
    this.threads = threads;
    this.log = new PassLog(listener);
    this.scanner = new Scanner(request.filters(), new OwnNames(request.marker()));
  }

  MirrorReport run() {
    FreshFiles fresh = told == null ? FreshFiles.AWAITED : told.fresh();
    return run(() -> Roots.open(request, scanner, fresh));
  }

  /** Runs with a source that was opened elsewhere, and closes it. */
  MirrorReport run(SourceTree source) {
    return run(() -> Roots.open(request, source));
  }

  /** The same with a target that is opened its own way. */
  MirrorReport run(SourceTree source, TargetOpening target) {
    return run(() -> Roots.open(request, source, target));
  }

  private interface Opening {
    Roots open() throws RefusedException;
  }

  private MirrorReport run(Opening opening) {
    try {
      log.allowStop();
      try (Roots roots = opening.open()) {
        mirror(roots);
      }
      return report(
          log.counts().failed() == 0 ? Outcome.COMPLETE : Outcome.INCOMPLETE, Optional.empty());
    } catch (RefusedException refused) {
      return report(Outcome.REFUSED, Optional.of(refused.refusal()));
    } catch (PassLog.StopRequested stop) {
      return report(Outcome.STOPPED, Optional.empty());
    } catch (SourceLostException lost) {
      log.failed(TreePath.ROOT, String.valueOf(lost.getMessage()));
      return report(Outcome.INCOMPLETE, Optional.empty());
    } catch (IOException e) {
      log.failed(TreePath.ROOT, e);
      return report(Outcome.INCOMPLETE, Optional.empty());
    }
  }

  private void mirror(Roots roots) throws RefusedException, IOException {
    try (Disposal disposal = disposal(roots.target())) {
      mirror(roots, disposal);
    }
  }

  private Disposal disposal(@Nullable Folder target) {
    return request.deletes() == DeletePolicy.SALVAGE && target != null && !request.dryRun()
        ? new Salvage(target, request.safety().salvage(), begun, log)
        : new PlainDisposal();
  }

  private void mirror(Roots roots, Disposal disposal) throws RefusedException, IOException {
    SourceFolder source = roots.source().root();
    @Nullable Folder target = roots.target();
    ParkedDeletes parked = new ParkedDeletes();
    Deleter deleter = new Deleter(source, target, scanner, parked, log, disposal, request.dryRun());
    RootGuard guard = new RootGuard(request, scanner);
    if (told == null) {
      guard.check(roots, deleter);
      if (target != null) {
        NameProbe.check(target, request.target(), !request.dryRun());
      }
    } else {
      guard.checkAgain(roots);
    }
    @Nullable FileStatus status = target == null ? null : target.status();
    try (PassIndex index =
        told == null
            ? PassIndex.open(request, source.status(), status)
            : PassIndex.fallenBehind(request)) {
      PassParts parts = parts(target, deleter, parked, disposal, index);
      walk(source, target, status, identity(roots.source(), status), parts);
      GuardedChanges guarded = new GuardedChanges(request, parts, begun);
      changes = guarded;
      Optional<Refusal> refusal = guarded.ask(held, target);
      if (refusal.isEmpty() && parts.parked().extent().entries() > 0 && target != null) {
        refusal = guard.emptySource(source, target, deleter);
      }
      parts.renames().runRest(source, target, refusal.isEmpty());
      parts.links().run(source, target, refusal.isEmpty());
      if (target != null) {
        finish(roots, target, parts, refusal.isEmpty());
        if (!request.dryRun()) {
          disposal.end();
        }
      }
      if (refusal.isPresent()) {
        throw new RefusedException(refusal.get());
      }
    }
  }

  /**
   * The target's root, if the source could hold it: another machine's numbers mean nothing here.
   */
  private static @Nullable FileIdentity identity(SourceTree source, @Nullable FileStatus target) {
    return target == null || source.local().isEmpty() ? null : target.identity();
  }

  private void walk(
      SourceFolder source,
      @Nullable Folder target,
      @Nullable FileStatus status,
      @Nullable FileIdentity targetRoot,
      PassParts parts)
      throws IOException {
    FolderMoves moves =
        new FolderMoves(
            parts.index(),
            source,
            target,
            parts.applier(),
            parts.parked(),
            parts.left(),
            log,
            request.dryRun());
    TreeWalk walk = new TreeWalk(request, parts, moves, targetRoot);
    if (told != null && target != null) {
      told.mirror(walk, scanner, source, target, log);
      held = told.held().atLeast(walk.held());
      if (parts.links().hasNames()) {
        told.linked().run();
      }
    } else {
      walk.run(source, new Place(TreePath.ROOT, target, status));
      held = walk.held();
    }
    failedWalking = log.counts().failed();
    parts.renames().run(source, target, moves);
  }

  private void finish(Roots roots, Folder target, PassParts parts, boolean mayDelete)
      throws IOException {
    SourceFolder source = roots.source().root();
    long before = System.nanoTime();
    boolean deleted = false;
    if (mayDelete) {
      new OverwritePhase(source, target, parts).run(parts.overwrites());
      deleted =
          new DeletePhase(source, target, parts.deleter(), parts.placer(), log).run(parts.parked());
    }
    if (!request.dryRun()) {
      torn.settle(source, target, request.deletes(), parts.left(), log);
      parts.left().finish(source, target, log);
      parts.finisher().finishRest(target, deleted && log.counts().failed() == failedWalking);
      target.syncFileSystem();
      Optional<String> lost = HeldTarget.lost(request, roots.opening(), target);
      lost.ifPresent(words -> log.failed(TreePath.ROOT, words));
      if (lost.isEmpty()) {
        parts.index().commit(told == null && mayDelete && log.counts().failed() == 0);
        signatures.commit();
        if (told == null && log.counts().changedAnything()) {
          signatures.sweep(each -> isThere(each, target));
        }
      }
    }
    writing.add((System.nanoTime() - before) * threads);
  }

  private static boolean isThere(BlockSignature signature, Folder target) {
    if (signature.path().isRoot()) {
      return false;
    }
    try (Folder folder = target.descend(signature.path().parent())) {
      EntryName name = signature.path().names().getLast();
      return folder.status(name).identity().equals(signature.file());
    } catch (IOException notThere) {
      return false;
    }
  }

  private PassParts parts(
      @Nullable Folder target,
      Deleter deleter,
      ParkedDeletes parked,
      Disposal disposal,
      PassIndex index) {
    EntryDiffer differ = new EntryDiffer(request.checksum(), suspects, log::allowStop);
    Applier applier = writing.measure(applier(target, disposal));
    EntryPlacer placer = new EntryPlacer(differ, applier, log);
    LeftFolders left = new LeftFolders();
    return new PassParts(
        log,
        new Workers(threads),
        scanner,
        index,
        differ,
        applier,
        placer,
        new LinkPhase(placer, log, request.dryRun()),
        new RenamePhase(placer, applier, index, parked, left, log, request.dryRun()),
        deleter,
        parked,
        new ParkedOverwrites(ParkedOverwrites.MOST),
        left,
        new FolderFinisher(applier, index, log, request.dryRun()),
        new ForeignChanges(index, log));
  }

  private Applier applier(@Nullable Folder target, Disposal disposal) {
    if (request.dryRun() || target == null) {
      return new DryApplier();
    }
    TemporaryNames temporaries = new TemporaryNames();
    boolean inPlace = request.inPlace() && request.deletes() != DeletePolicy.SALVAGE;
    Moving moving = new Moving(request.rate(), log, log::allowStop);
    LargeFiles files =
        new LargeFiles(
            large,
            signatures,
            torn,
            temporaries,
            disposal,
            inPlace,
            path -> request.checksum() || suspects.contains(path),
            moving,
            log);
    return new TreeApplier(
        target,
        new FileMover(temporaries, disposal, files, moving, log),
        temporaries,
        disposal,
        files,
        torn,
        log);
  }

  private MirrorReport report(Outcome outcome, Optional<Refusal> refusal) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    return new MirrorReport(
        outcome,
        refusal,
        log.counts(),
        log.failures(),
        elapsed,
        scanning(elapsed),
        changes == null ? Optional.empty() : changes.parked(),
        changes == null ? ShrunkFolders.NONE : changes.shrunk(),
        log.firstForeign());
  }

  /** The part of the time that was not spent on changing the target, all threads taken together. */
  private Duration scanning(Duration elapsed) {
    Duration left = elapsed.minus(writing.total().dividedBy(threads));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
