package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.mirror.index.FolderRecord;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Goes through both trees side by side on several threads, a folder at a time, makes what is to be
 * made at once, and parks what is to go. Nothing is remembered of what is equal, so its memory
 * grows with the changes and not with the tree.
 */
final class TreeWalk {
  private final MirrorRequest request;
  private final PassParts parts;
  private final PassLog log;
  private final FolderPairing pairing;
  private final FolderMoves moves;
  private final @Nullable FileIdentity targetRoot;
  private final Queue<Visit> replacedFolders = new ConcurrentLinkedQueue<>();
  private volatile boolean again;
  private final AtomicReference<Extent> held = new AtomicReference<>(Extent.NOTHING);

  /**
   * @param targetRoot the target's own root, which is never mirrored into itself
   */
  TreeWalk(
      MirrorRequest request,
      PassParts parts,
      FolderMoves moves,
      @Nullable FileIdentity targetRoot) {
    this.moves = moves;
    this.request = request;
    this.parts = parts;
    this.log = parts.log();
    this.targetRoot = targetRoot;
    this.pairing = new FolderPairing(parts.differ(), parts.applier(), log, request.dryRun());
  }

  /** What the target held, as far as the walk has come. */
  Extent held() {
    return held.get();
  }

  /** Makes the target equal to the source, but for what is parked; closes neither root. */
  void run(SourceFolder source, Place place) {
    run(List.of(new Start(source, place, Optional.empty())));
  }

  /**
   * The same below some folders only, none of which lies below another.
   *
   * @see Start
   */
  void run(List<Start> starts) {
    for (Start each : starts) {
      FolderWork work = new FolderWork(each.source(), each.place(), parts.finisher());
      parts.workers().submit(new Visit(work, each.names().orElse(null)));
    }
    parts.workers().run();
    // One whose name belonged to another folder waits: that one's copy may have been moved away.
    again = true;
    replacedFolders.forEach(parts.workers()::submit);
    parts.workers().run();
  }

  /**
   * A pair of folders to begin at, closed by whoever opened them.
   *
   * @param names the only entries that are looked at; of folders among them that both sides have
   *     only the outside. Empty: all, and all below.
   */
  record Start(SourceFolder source, Place place, Optional<Set<EntryName>> names) {}

  /** What a folder of the source was seen to be, and what the index has of it. */
  private record Seen(FileStatus status, Optional<FolderRecord> remembered, Listing wanted) {}

  /** One folder's turn. */
  private final class Visit implements Workers.Task, FolderVisit.Handler {
    private final @Nullable FolderWork parent;
    private final @Nullable Entry from;
    private final @Nullable Entry to;
    private final @Nullable Set<EntryName> only;
    private @Nullable FolderWork work;
    private boolean known;
    private @Nullable FolderEntries entries;
    private @Nullable Seen seen;
    private final List<Visit> below = new ArrayList<>();

    /** One where the walk begins. */
    Visit(FolderWork start, @Nullable Set<EntryName> only) {
      this.parent = null;
      this.from = null;
      this.to = null;
      this.work = start;
      this.only = only;
    }

    /** A folder below; its parent has been retained for it. */
    Visit(FolderWork parent, Entry from, @Nullable Entry to, @Nullable Set<EntryName> only) {
      this.parent = parent;
      this.from = from;
      this.to = to;
      this.only = only;
    }

    @Override
    public void run() {
      try {
        log.allowStop();
        if (parent != null && from != null) {
          work = openBelow(parent, from);
        }
        if (work != null) {
          visit(work);
        }
      } catch (IOException e) {
        noteFailed();
        if (parent == null || from == null || !isGone(e, parent.source(), from.name())) {
          log.failed(path(), e);
        }
      } finally {
        abandon();
        entries = null;
        seen = null;
      }
    }

    /**
     * What was not gone through is not remembered as equal; nor are the entries of a folder one of
     * whose folders may not have been made, also if that is gone for now: it can come back
     * unchanged.
     */
    private void noteFailed() {
      if (work != null) {
        work.place().noteFailed();
      } else if (parent != null) {
        parent.place().noteFailed();
      }
    }

    @Override
    public void abandon() {
      below.forEach(Visit::abandon);
      if (work != null) {
        work.releaseContent();
      } else if (parent != null) {
        parent.release();
      }
    }

    private TreePath path() {
      return parent == null || from == null
          ? TreePath.ROOT
          : parent.place().path().child(from.name());
    }

    private @Nullable FolderWork openBelow(FolderWork above, Entry folder) throws IOException {
      if (folder.status().identity().equals(targetRoot)) {
        log.failed(path(), "this is the target itself: not mirrored into itself; exclude it");
        return null;
      }
      SourceFolder child = above.source().open(folder.name());
      try {
        seen = see(child);
        // What is not known to be this folder's copy may be another's, and be on its way there.
        Entry there = known || to == null ? to : moves.look(above.place(), to);
        Optional<Place> moved =
            there == null ? moves.follow(above.place(), folder, path()) : Optional.empty();
        Place below =
            moved.isPresent()
                ? moved.get()
                : pairing.enter(above.place(), folder.name(), there, path());
        return new FolderWork(above, child, below, parts.finisher());
      } catch (IOException | RuntimeException e) {
        child.close();
        throw e;
      }
    }

    private Seen see(SourceFolder source) throws IOException {
      // Read in this order: what is in the listing is not newer than the status.
      FileStatus status = source.status();
      Optional<FolderRecord> remembered = parts.index().find(status);
      Listing wanted =
          only == null ? source.list(parts.index().known(remembered)) : source.look(only);
      return new Seen(status, remembered, wanted);
    }

    private void visit(FolderWork opened) throws IOException {
      SourceFolder source = opened.source();
      Place place = opened.place();
      Seen now = seen == null ? see(source) : seen;
      FileStatus before = now.status();
      Listing listing = now.wanted();
      Optional<FolderRecord> remembered = now.remembered();
      ExtendedAttributes attributes = source.attributes();
      FolderEntries compared =
          new FolderEntries(request, parts, opened, remembered, TreeWalk.this::park);
      entries = compared;
      opened.want(new Finish(new Metadata(before, attributes), listing.table(), remembered));
      pairing.compareOutside(before, attributes, place);
      if (!listing.failures().isEmpty()) {
        place.noteFailed();
        listing.failures().forEach(log::failed);
      }
      boolean closer = parts.differ().looksCloserIn(place.path());
      if (place.status() != null
          && !closer
          && parts.index().isUnchanged(remembered, listing.table(), place.status())
          && unchanged(opened, listing)) {
        return;
      }
      Listing found = listTarget(place);
      held.accumulateAndGet(Extent.of(found), Extent::plus);
      new FolderVisit(closer, log, this)
          .compare(
              listing,
              found,
              remembered.map(FolderRecord::table).orElse(EntryTable.EMPTY),
              place.path());
      compared.end();
      if (only == null && place.hasParked()) {
        parts.parked().held(place.path(), found.size());
      }
      if (place.staged() == null) {
        handOn(below);
      } else {
        List<Visit> waiting = List.copyOf(below);
        opened.whenFilled(() -> publish(opened, waiting));
      }
      below.clear();
    }

    /**
     * Nothing here changed on either side; the folders below still have their turns.
     *
     * @return false if the target lacks a folder it is remembered to have: then the two have to be
     *     compared, as if nothing were remembered
     */
    private boolean unchanged(FolderWork opened, Listing listing) throws IOException {
      EntryTable table = listing.table();
      List<Entry> there = pairing.foldersThere(requireNonNull(opened.place().folder()), listing);
      if (there == null) {
        return false;
      }
      int folders = 0;
      long files = 0;
      long bytes = 0;
      for (int row = 0; row < table.size(); row++) {
        FileType type = table.type(row);
        if (type == FileType.FOLDER) {
          Entry from = listing.entry(row);
          folder(from, there.get(folders++), opened.place().path().child(from.name()));
        } else if (request.filters().carry(type)) {
          files++;
          bytes += type == FileType.FILE ? table.bytes(row) : 0;
        } else {
          log.skipped();
        }
      }
      held.accumulateAndGet(Extent.of(listing), Extent::plus);
      log.saw(files, bytes, opened.place().path());
      handOn(below);
      below.clear();
      return true;
    }

    private void publish(FolderWork opened, List<Visit> waiting) {
      try {
        parts.applier().publish(requireNonNull(parent).place(), opened.place());
      } catch (IOException e) {
        requireNonNull(parent).place().noteFailed();
        log.failed(opened.place().path(), e);
        waiting.forEach(Visit::abandon);
        return;
      }
      handOn(waiting);
    }

    /** The newest goes first: so they are handed on from the last to the first. */
    private void handOn(List<Visit> visits) {
      for (Visit each : visits.reversed()) {
        parts.workers().submit(each);
      }
    }

    private Listing listTarget(Place place) throws IOException {
      if (place.folder() == null || place.status() == null) {
        return Listing.EMPTY;
      }
      if (only != null) {
        return parts.scanner().look(place.folder(), place.status(), only);
      }
      Listing listing = parts.scanner().list(place.folder(), place.status());
      if (!listing.failures().isEmpty()) {
        // What could not be looked at may be too much here.
        place.noteFailed();
        listing.failures().forEach(log::failed);
      }
      for (EntryName temporary : listing.temporaries()) {
        sweep(place, temporary);
      }
      return listing;
    }

    private void sweep(Place place, EntryName temporary) {
      if (request.dryRun() || place.folder() == null) {
        return;
      }
      try {
        place.prepareForChange();
        if (parts.applier().sweep(place.folder(), temporary)) {
          log.swept();
        }
      } catch (IOException e) {
        place.noteFailed();
        log.failed(place.path().child(temporary), e);
      }
    }

    @Override
    public void other(
        @Nullable Entry source, @Nullable Entry found, TreePath path, boolean mayDelete) {
      requireNonNull(entries).place(source, found, path, mayDelete);
    }

    @Override
    public void folder(Entry folder, @Nullable Entry found, TreePath path) {
      FolderEntries compared = requireNonNull(entries);
      log.sawFolder(path);
      if (found != null && found.type() != FileType.FOLDER) {
        parts.renames().lost(path);
      }
      FolderWork opened = requireNonNull(work);
      compared.noteForeign(folder, found, path);
      opened.retain();
      boolean outsideOnly = only != null && found != null && found.type() == FileType.FOLDER;
      Visit visit = new Visit(opened, folder, found, outsideOnly ? Set.of() : null);
      visit.known = !again && compared.isRemembered(folder);
      if (!again && found != null && found.type() == FileType.FOLDER && compared.replaced(folder)) {
        replacedFolders.add(visit);
      } else {
        below.add(visit);
      }
    }
  }

  private void park(Place place, Entry found, @Nullable Entry replacement) throws IOException {
    if (place.folder() == null) {
      return;
    }
    Extent count = parts.deleter().count(place.folder(), found);
    held.accumulateAndGet(count.minus(Extent.of(found)), Extent::plus);
    place.noteParked();
    parts.applier().prepare(place);
    parts.parked().park(place.path(), place.where(), found, count, replacement);
  }

  /** The same of an entry below a folder. */
  static boolean isGone(IOException e, SourceFolder root, TreePath path) {
    try (SourceFolder folder = root.descend(path.parent())) {
      return isGone(e, folder, path.names().getLast());
    } catch (IOException again) {
      return Errno.is(again, Errno.ENOENT);
    }
  }

  /** Whether a call failed because a source entry vanished meanwhile, which is no failure. */
  static boolean isGone(IOException e, SourceFolder source, EntryName name) {
    if (!Errno.is(e, Errno.ENOENT)) {
      return false;
    }
    try {
      source.status(name);
      return false;
    } catch (IOException again) {
      return Errno.is(again, Errno.ENOENT);
    }
  }
}
