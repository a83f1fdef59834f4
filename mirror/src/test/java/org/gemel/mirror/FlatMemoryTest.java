package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was listed of a folder is let go of when the folder is done, not when its parent is. */
@Tag("M-54")
final class FlatMemoryTest {
  private static final int FOLDERS = 600;

  private final Trees trees;
  private final Queue<WeakReference<EntryTable>> listed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger most = new AtomicInteger();

  FlatMemoryTest(@TempDir Path folder) {
    trees = Trees.in(folder);
    trees.inSource(
        "mkdir top; for i in $(seq %d); do mkdir top/$i; : > top/$i/file; done".formatted(FOLDERS));
  }

  @Test
  void ofFoldersThatAreDoneNothingIsKept() throws Exception {
    MirrorRequest request = trees.request();
    for (int pass = 0; pass < 2; pass++) {
      listed.clear();
      most.set(0);
      SourceTree local =
          new LocalSourceTree(
              Folder.openRoot(trees.source().toString()),
              Scanner.of(request.filters(), request.marker()),
              FreshFiles.AWAITED);
      MirrorReport report =
          new Pass(request, Suspects.NONE, MirrorListener.NONE).run(new WatchedTree(local));
      assertThat(report.outcome()).as(report.toString()).isEqualTo(MirrorReport.Outcome.COMPLETE);
      assertThat(listed).hasSizeGreaterThan(FOLDERS);
      assertThat(most.get()).as("listings held at a time").isLessThan(FOLDERS / 4);
    }
    trees.proveEqual();
  }

  private Listing watch(Listing listing) {
    listed.add(new WeakReference<>(listing.table()));
    if (listed.size() % 50 == 0) {
      System.gc();
      int held = (int) listed.stream().filter(each -> !each.refersTo(null)).count();
      most.accumulateAndGet(held, Math::max);
    }
    return listing;
  }

  private final class WatchedTree implements SourceTree {
    private final SourceTree tree;
    private final SourceFolder root;

    private WatchedTree(SourceTree tree) {
      this.tree = tree;
      this.root = new WatchedFolder(tree.root());
    }

    @Override
    public SourceFolder root() {
      return root;
    }

    @Override
    public Optional<Folder> local() {
      return tree.local();
    }

    @Override
    public Optional<String> marker(String fileName, boolean above) throws IOException {
      return tree.marker(fileName, above);
    }

    @Override
    public void close() {
      tree.close();
    }
  }

  private final class WatchedFolder implements SourceFolder {
    private final SourceFolder folder;

    private WatchedFolder(SourceFolder folder) {
      this.folder = folder;
    }

    @Override
    public TreePath path() {
      return folder.path();
    }

    @Override
    public FileStatus status() throws IOException {
      return folder.status();
    }

    @Override
    public ExtendedAttributes attributes() throws IOException {
      return folder.attributes();
    }

    @Override
    public Listing list(EntryTable known) throws IOException {
      return watch(folder.list(known));
    }

    @Override
    public Listing look(Set<EntryName> names) throws IOException {
      return watch(folder.look(names));
    }

    @Override
    public FileStatus status(EntryName name) throws IOException {
      return folder.status(name);
    }

    @Override
    public ExtendedAttributes attributes(EntryName name) throws IOException {
      return folder.attributes(name);
    }

    @Override
    public byte[] linkTarget(EntryName name) throws IOException {
      return folder.linkTarget(name);
    }

    @Override
    public SourceFolder open(EntryName name) throws IOException {
      return new WatchedFolder(folder.open(name));
    }

    @Override
    public SourceFolder descend(TreePath below) throws IOException {
      return new WatchedFolder(folder.descend(below));
    }

    @Override
    public void read(List<EntryName> names, Receiver receiver) {
      folder.read(names, receiver);
    }

    @Override
    public void close() {
      folder.close();
    }
  }
}
