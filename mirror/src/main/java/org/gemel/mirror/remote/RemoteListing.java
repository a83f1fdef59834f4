package org.gemel.mirror.remote;

import java.util.List;

/**
 * What a server lists for a folder.
 *
 * @param entries in no order
 * @param refused what it listed that can be no entry of this folder, in words: a server is not
 *     trusted to name only what is in its folder
 */
public record RemoteListing(List<RemoteEntry> entries, List<String> refused) {
  public RemoteListing {
    entries = List.copyOf(entries);
    refused = List.copyOf(refused);
  }
}
