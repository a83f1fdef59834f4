package org.gemel.agent.mount;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gemel.agent.base.Answer;
import org.gemel.agent.volume.VolumeMarker;
import org.gemel.core.Side;

/**
 * Opens volumes and compares their markers with what they should be. A storage system that does not
 * answer can hold a read for ever: it is waited for only so long, and a folder whose last read
 * still hangs is not read again, so hanging reads do not pile up.
 */
final class VolumeProof {
  private final Duration patience;
  private final ConcurrentMap<Path, CompletableFuture<VolumeMarker>> underWay =
      new ConcurrentHashMap<>();

  VolumeProof(Duration patience) {
    this.patience = patience;
  }

  /**
   * Proves that a folder leads to the volume of a side.
   *
   * @param folder the volume's own folder, or a link to it
   */
  Answer prove(Path folder, Side side, VolumePlace place) {
    String tried = "opened " + folder.resolve(VolumeMarker.FILE) + " to prove side " + side + ": ";
    try {
      VolumeMarker wanted = new VolumeMarker(place.volume(), side);
      VolumeMarker found = read(folder);
      return found.equals(wanted)
          ? Answer.done("volume " + found.volume() + " of side " + side + " is open at " + folder)
          : Answer.refused(
              tried
                  + "found volume "
                  + found.volume()
                  + " of side "
                  + found.side()
                  + ", wanted volume "
                  + place.volume()
                  + " of side "
                  + side
                  + ": mount the right one there, or correct the device's settings");
    } catch (IOException e) {
      return Answer.refused(tried + e.getMessage());
    }
  }

  private VolumeMarker read(Path folder) throws IOException {
    CompletableFuture<VolumeMarker> read = underWay.computeIfAbsent(folder, this::begin);
    try {
      return read.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "found no answer within "
              + patience.toMillis()
              + " ms, wanted the volume to open: see whether its storage system and the network are"
              + " up",
          e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause
          ? new IOException(words(cause), cause)
          : new IOException("found the marker unreadable: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the volume was opened", e);
    }
  }

  private CompletableFuture<VolumeMarker> begin(Path folder) {
    CompletableFuture<VolumeMarker> read = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("volume " + folder)
        .start(
            () -> {
              try {
                VolumeMarker marker = VolumeMarker.read(folder);
                underWay.remove(folder, read);
                read.complete(marker);
              } catch (IOException | RuntimeException e) {
                underWay.remove(folder, read);
                read.completeExceptionally(e);
              }
            });
    return read;
  }

  private static String words(IOException e) {
    // The messages of file system exceptions are bare paths; only with their kind do they say
    // anything.
    return e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
  }
}
