package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.gemel.mirror.SourceFolder;
import org.gemel.mirror.SourceTree;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.TreePath;

/** A tree that the other end of a session serves. It is let go of when the session ends. */
final class RemoteSourceTree implements SourceTree {
  private final Requests requests;
  private final RemoteSourceFolder root;

  /** Looks at the top, which shows that the tree is there. */
  RemoteSourceTree(Lines lines) throws IOException {
    this.requests = new Requests(lines);
    this.root =
        new RemoteSourceFolder(requests, TreePath.ROOT, requests.open(0, 0, TreePath.ROOT, true));
  }

  @Override
  public SourceFolder root() {
    return root;
  }

  @Override
  public Optional<Folder> local() {
    return Optional.empty();
  }

  @Override
  public Optional<String> marker(String fileName, boolean above) throws IOException {
    return requests.ask(
        Question.MARKER, 0, EntryName.of(fileName), above, RemoteSourceTree::readMarker);
  }

  private static Optional<String> readMarker(ByteBuffer in) throws IOException {
    PackedForm.need(in, 4, "whether there is a marker");
    boolean present = in.getInt() != 0;
    String words = Words.read(in);
    return present ? Optional.of(words) : Optional.empty();
  }

  /** The session is its owner's to end: the report goes over it yet. */
  @Override
  public void close() {}
}
