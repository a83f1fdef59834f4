package org.gemel.mirror.link;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gemel.mirror.MirrorIndex;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/**
 * A folder that a mirror server lets others mirror from, or to, and nothing above it.
 *
 * @param name what callers call it
 * @param peers the devices that may, by the names in their certificates; {@link #ANY_PEER} for all
 *     of the authority. Who shows the secret may without being named here.
 * @param memory where it is remembered what was mirrored onto it, so that of large files only what
 *     differs has to come; may be shared by volumes
 */
public record ServedVolume(
    String name, TreeRoot folder, Access access, List<String> peers, Optional<Path> memory) {
  /** Stands for every device of the authority. */
  public static final String ANY_PEER = "*";

  /** What callers may do. */
  public enum Access {
    /** Mirror from it. */
    READ_ONLY,
    /** Mirror from it and onto it, which overwrites and deletes. */
    READ_WRITE
  }

  public ServedVolume {
    EntryName unused = EntryName.of(name);
    peers = List.copyOf(peers);
  }

  /** One of which nothing is remembered. */
  public ServedVolume(String name, TreeRoot folder, Access access, List<String> peers) {
    this(name, folder, access, peers, Optional.empty());
  }

  /** The same with a memory. */
  public ServedVolume remembered(Path where) {
    return new ServedVolume(name, folder, access, peers, Optional.of(where));
  }

  /** What is remembered of a tree of it: not trusted, as anybody may write to the volume. */
  Optional<MirrorIndex> index(TreePath path) {
    byte[] tree = (name + "\0" + path).getBytes(StandardCharsets.UTF_8);
    return memory.map(
        each -> new MirrorIndex(each.resolve(UUID.nameUUIDFromBytes(tree).toString()), false));
  }

  boolean isFor(Optional<String> peer) {
    return peer.isEmpty() || peers.contains(peer.get()) || peers.contains(ANY_PEER);
  }
}
