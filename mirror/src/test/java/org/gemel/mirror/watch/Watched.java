package org.gemel.mirror.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.Assumptions;

/** A tree that is watched, and what was told of it. */
final class Watched implements AutoCloseable {
  static final Predicate<EntryName> TEMPORARY =
      name -> name.startsWith(".gemel-tmp-".getBytes(StandardCharsets.US_ASCII));
  private static final Duration LONG = Duration.ofHours(1);
  private static final String FENCE = "fence-";

  private final Path path;
  private final Folder root;
  private final List<Folder> ignored;
  final ChangeFeed feed;
  private int fences;

  private Watched(Path path, Folder root, List<Folder> ignored, ChangeFeed feed) {
    this.path = path;
    this.root = root;
    this.ignored = ignored;
    this.feed = feed;
  }

  static Watched open(Path path, Method.Way way, Path... ignoredPaths) {
    try {
      Folder root = Folder.openRoot(path.toString());
      List<Folder> ignored = new ArrayList<>();
      for (Path each : ignoredPaths) {
        ignored.add(Folder.openRoot(each.toString()));
      }
      WatchRequest request = new WatchRequest(root, ignored, TEMPORARY);
      ChangeFeed feed = FeedOpener.open(request, List.of(way));
      Watched watched = new Watched(path, root, ignored, feed);
      if (feed.method().way() != way) {
        String words = way + " is not possible here: " + feed.method().words();
        watched.close();
        System.out.println(words);
        Assumptions.abort(words);
      }
      return watched;
    } catch (SystemCallException e) {
      throw new AssertionError(e);
    }
  }

  Folder root() {
    return root;
  }

  /** Runs a script in the tree and returns all that is told of it. */
  List<Hint> after(String script) {
    Bash.run(path, script);
    return untilNow();
  }

  List<Hint> untilNow() {
    List<Hint> told = new ArrayList<>();
    untilNow(told::addAll);
    return told;
  }

  /** Hands on each await's hints, up to those of a file made now; of that file itself nothing. */
  void untilNow(java.util.function.Consumer<List<Hint>> taker) {
    EntryName fence = EntryName.of(FENCE + fences++);
    try {
      Files.createFile(path.resolve(fence.toString()));
      boolean seen = false;
      while (!seen) {
        List<Hint> hints = new ArrayList<>(feed.await(LONG));
        seen =
            hints.stream()
                .anyMatch(
                    each ->
                        each.equals(new Hint.Entry(TreePath.ROOT, fence))
                            || each instanceof Hint.Everything);
        hints.removeIf(each -> each instanceof Hint.Entry entry && isFence(entry.name()));
        taker.accept(hints);
      }
      Files.delete(path.resolve(fence.toString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static boolean isFence(EntryName name) {
    return name.startsWith(FENCE.getBytes(StandardCharsets.US_ASCII));
  }

  static Hint entry(String path) {
    TreePath whole = path(path);
    return new Hint.Entry(whole.parent(), whole.names().getLast());
  }

  static Hint renamed(String from, String to) {
    TreePath start = path(from);
    TreePath end = path(to);
    return new Hint.Renamed(
        start.parent(), start.names().getLast(), end.parent(), end.names().getLast());
  }

  static TreePath path(String path) {
    TreePath at = TreePath.ROOT;
    for (String name : path.split("/", -1)) {
      at = at.child(EntryName.of(name));
    }
    return at;
  }

  /** The places whose whole trees are to be looked at. */
  static List<TreePath> subtrees(List<? extends Hint> hints) {
    return hints.stream()
        .filter(Hint.Subtree.class::isInstance)
        .map(each -> ((Hint.Subtree) each).folder())
        .toList();
  }

  @Override
  public void close() {
    feed.close();
    root.close();
    ignored.forEach(Folder::close);
  }
}
