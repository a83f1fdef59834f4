package org.gemel.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Between the walk and the first delete or overwrite: asks the guard, and writes down what has to
 * wait. An approval counts for the list it was given for, and for no other.
 */
final class GuardedChanges {
  private final MirrorRequest request;
  private final PassParts parts;
  private final Instant now;
  private @Nullable ParkedList parked;
  private ShrunkFolders shrunk = ShrunkFolders.NONE;

  GuardedChanges(MirrorRequest request, PassParts parts, Instant now) {
    this.request = request;
    this.parts = parts;
    this.now = now;
  }

  /** What had to wait, if something had. */
  Optional<ParkedList> parked() {
    return Optional.ofNullable(parked);
  }

  /** What the next pass is to be told. */
  ShrunkFolders shrunk() {
    return shrunk;
  }

  /** Why deletes and overwrites must wait, if they must. */
  Optional<Refusal> ask(Extent held, @Nullable Folder target) throws IOException {
    PassSafety safety = request.safety();
    ChangeSignals signals =
        new ChangeSignals(parts.parked().extent(), overwrites(), held, lookAtShrunk(safety));
    if (target == null || !signals.any()) {
      return Optional.empty();
    }
    if (safety.approved().isPresent()) {
      return compare(target, signals, safety.approved().get());
    }
    Optional<Refusal> refusal =
        ChangeGuard.judge(signals, request.allowDelete(), safety.allowOverwrite());
    if (refusal.isPresent()) {
      parked = write(target, signals, safety.list());
    }
    return refusal;
  }

  private long overwrites() {
    return parts.overwrites().count()
        + parts.links().overwrites().size()
        + parts.renames().overwrites().size();
  }

  private List<String> lookAtShrunk(PassSafety safety) {
    if (safety.shrunk().isEmpty()) {
      return List.of();
    }
    ShrunkFolders before = safety.shrunk().get();
    Map<String, String> seen = parts.parked().shrunk();
    shrunk = before.after(seen.keySet(), now);
    return seen.entrySet().stream()
        .filter(each -> !before.isConfirmed(each.getKey(), now))
        .map(Map.Entry::getValue)
        .toList();
  }

  private Optional<Refusal> compare(Folder target, ChangeSignals signals, String approved)
      throws IOException {
    Optional<Path> file = request.safety().list();
    Optional<Path> fresh = file.map(path -> path.resolveSibling(path.getFileName() + ".new"));
    ParkedList list = write(target, signals, fresh);
    if (list.hash().equals(approved)) {
      if (fresh.isPresent()) {
        Files.deleteIfExists(fresh.get());
      }
      return Optional.empty();
    }
    parked = list;
    String differences = "";
    if (file.isPresent() && fresh.isPresent()) {
      if (Files.exists(file.get())) {
        differences = ": " + ListChanges.between(file.get(), fresh.get());
      }
      Files.move(fresh.get(), file.get(), StandardCopyOption.REPLACE_EXISTING);
    }
    String flag = "--approve " + list.hash();
    return Optional.of(
        new Refusal(
            "found another list than the one approved, now "
                + list.deletes()
                + " deletes and "
                + list.overwrites()
                + " overwrites"
                + differences
                + "; wanted the list "
                + approved
                + ": nothing was deleted or overwritten; look at the list again, and if all of it may be run with "
                + flag,
            Optional.of(flag)));
  }

  private ParkedList write(Folder target, ChangeSignals signals, Optional<Path> file)
      throws IOException {
    List<TreePath> paths = new ArrayList<>(parts.overwrites().paths());
    paths.addAll(parts.links().overwrites());
    paths.addAll(parts.renames().overwrites());
    try (ParkedListing listing = new ParkedListing(target, parts.scanner(), file)) {
      return listing.write(parts.parked().all(), paths, signals.deletes());
    }
  }
}
