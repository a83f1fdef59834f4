package org.gemel.mirror.link;

import java.util.List;
import java.util.Optional;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.system.EntryName;

/**
 * A folder that a mirror server lets others mirror from, or to, and nothing above it.
 *
 * @param name what callers call it
 * @param peers the devices that may, by the names in their certificates; {@link #ANY_PEER} for all
 *     of the authority. Who shows the secret may without being named here.
 */
public record ServedVolume(String name, TreeRoot folder, Access access, List<String> peers) {
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

  boolean isFor(Optional<String> peer) {
    return peer.isEmpty() || peers.contains(peer.get()) || peers.contains(ANY_PEER);
  }
}
