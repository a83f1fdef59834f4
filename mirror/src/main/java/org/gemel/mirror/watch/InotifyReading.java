package org.gemel.mirror.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.watch.InotifyEvents.Event;
import org.jspecify.annotations.Nullable;

/** What one await() reads of inotify: events become marks, and the watched folders follow them. */
final class InotifyReading {
  private final WatchTree tree;
  private final Batch<WatchedFolder> batch = new Batch<>();

  /** First halves of moves, by the number that joins them to the second. */
  private final Map<Integer, Departure> departures = new LinkedHashMap<>();

  private boolean unsure;

  private record Departure(WatchedFolder folder, EntryName name, boolean ofFolder) {}

  InotifyReading(WatchTree tree) {
    this.tree = tree;
  }

  Batch<WatchedFolder> batch() {
    return batch;
  }

  /** Whether the second half of a move may still come. */
  boolean awaitsArrivals() {
    return !departures.isEmpty();
  }

  /** Takes a buffer of events as the kernel wrote it. */
  void take(byte[] bytes) {
    try {
      InotifyEvents.parse(bytes).forEach(this::take);
    } catch (IllegalArgumentException unknown) {
      lost(String.valueOf(unknown.getMessage()));
    }
  }

  private void take(Event event) {
    if (event.has(InotifyEvents.OVERFLOW)) {
      lost("the kernel's queue of events was full");
      return;
    }
    WatchedFolder folder = tree.byWatch(event.watch());
    if (folder == null) {
      return;
    }
    EntryName name = event.name();
    if (name == null) {
      itself(event, folder);
    } else if (event.has(InotifyEvents.MOVED_FROM)) {
      departures.put(
          event.cookie(), new Departure(folder, name, event.has(InotifyEvents.ON_FOLDER)));
    } else if (event.has(InotifyEvents.MOVED_TO)) {
      arrived(folder, name, event, departures.remove(event.cookie()));
    } else {
      changed(folder, name, event);
    }
  }

  private void itself(Event event, WatchedFolder folder) {
    if (event.has(InotifyEvents.WATCH_ENDED)) {
      tree.ended(folder);
    } else if (tree.isRoot(folder) && !event.has(InotifyEvents.ATTRIBUTES)) {
      String deed = event.has(InotifyEvents.ITSELF_MOVED) ? "moved" : "removed or unmounted";
      batch.add(new Mark.RootGone<>("the root was " + deed));
    } else if (event.has(InotifyEvents.UNMOUNTED)) {
      batch.add(new Mark.Below<>(folder, null, "something was unmounted here"));
    } else if (event.has(InotifyEvents.ATTRIBUTES)) {
      batch.add(new Mark.Itself<>(folder));
    }
  }

  private void changed(WatchedFolder folder, EntryName name, Event event) {
    boolean ofFolder = event.has(InotifyEvents.ON_FOLDER);
    if (ofFolder && event.has(InotifyEvents.DELETE)) {
      batch.add(new Mark.Below<>(folder, name, "a folder was removed here"));
    } else {
      batch.add(new Mark.Touched<>(folder, name));
    }
    if (ofFolder && event.has(InotifyEvents.CREATE)) {
      look(folder, name, "made before it was watched");
    }
  }

  private void arrived(
      WatchedFolder to, EntryName toName, Event event, @Nullable Departure departure) {
    boolean ofFolder = event.has(InotifyEvents.ON_FOLDER);
    if (departure == null) {
      batch.add(
          ofFolder
              ? new Mark.Below<>(to, toName, "a folder was moved in")
              : new Mark.Touched<>(to, toName));
      if (ofFolder) {
        look(to, toName, "a folder was moved in");
      }
      return;
    }
    Integer moved = ofFolder ? followMove(departure, to, toName) : null;
    batch.add(new Mark.Moved<>(departure.folder(), departure.name(), to, toName, ofFolder, moved));
    if (ofFolder) {
      // Two names may have been swapped, or the old one used again.
      look(departure.folder(), departure.name(), "made before it was watched");
    }
  }

  private @Nullable Integer followMove(Departure departure, WatchedFolder to, EntryName toName) {
    tree.moved(departure.folder(), departure.name(), to, toName);
    look(to, toName, "made before it was watched");
    WatchedFolder there = to.child(toName);
    return there == null ? null : there.watch();
  }

  private void look(WatchedFolder folder, EntryName name, String why) {
    for (WatchedFolder found : tree.look(folder, name)) {
      batch.add(new Mark.Below<>(found, null, why));
    }
  }

  private void lost(String why) {
    findAll();
    batch.add(new Mark.Everything<>(why));
  }

  /** Has all folders found anew before anything is told: so whoever then looks misses nothing. */
  void findAll() {
    unsure = true;
  }

  /** Nothing more comes with this await(): what has left has left for good. */
  void finish() {
    for (Departure each : departures.values()) {
      if (each.ofFolder()) {
        batch.add(new Mark.Below<>(each.folder(), each.name(), "a folder was moved away"));
        WatchedFolder gone = each.folder().child(each.name());
        if (gone != null) {
          tree.left(gone);
        }
        look(each.folder(), each.name(), "made before it was watched");
      } else {
        batch.add(new Mark.Touched<>(each.folder(), each.name()));
      }
    }
    departures.clear();
    List<WatchedFolder> late = new ArrayList<>(tree.settle());
    if (unsure) {
      late.addAll(tree.findAll());
    }
    for (WatchedFolder found : late) {
      batch.add(new Mark.Below<>(found, null, "found where no event told of it"));
    }
  }
}
