package org.gemel.mirror.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of a target's large files, one small file each, named by the inode. New ones count
 * once the target is durable: until then they have another name.
 *
 * <p>Nothing depends on it. What cannot be read or written is as if it had never been there, which
 * costs a copy; what is damaged is found by its sum. May be used by several threads.
 */
public final class SignatureStore {
  private static final String FOLDER = "blocks";
  private static final String NOT_YET = ".new";

  /** Enough for a path. */
  private static final int BEGINNING = 8 * 1024;

  private final @Nullable Path folder;
  private final Set<String> unpublished = ConcurrentHashMap.newKeySet();
  private volatile boolean made;

  private SignatureStore(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Keeps nothing. */
  public static SignatureStore none() {
    return new SignatureStore(null);
  }

  /** Keeps them in the folder of an index. */
  public static SignatureStore in(Path index) {
    return new SignatureStore(index.resolve(FOLDER));
  }

  /** Whether it keeps anything. */
  public boolean isOpen() {
    return folder != null;
  }

  /** What is remembered of the inode, in whatever state that was. */
  public Optional<BlockSignature> find(FileStatus file) {
    Path place = folder;
    if (place == null) {
      return Optional.empty();
    }
    return read(place.resolve(name(file.identity())))
        .filter(each -> each.file().equals(file.identity()));
  }

  private static Optional<BlockSignature> read(Path path) {
    try {
      return BlockSignature.of(Files.readAllBytes(path));
    } catch (IOException | OutOfMemoryError unusable) {
      return Optional.empty();
    }
  }

  private static Optional<BlockSignature> beginning(Path path) throws IOException {
    if (path.toString().endsWith(NOT_YET)) {
      // Of a pass that was killed.
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path)) {
      return BlockSignature.ofBeginning(in.readNBytes(BEGINNING));
    }
  }

  /** Remembers a file from the next {@link #commit} on. */
  public void put(BlockSignature signature) {
    String name = name(signature.file());
    if (write(name + NOT_YET, signature)) {
      unpublished.add(name);
    }
  }

  /** Remembers it at once. */
  public void putNow(BlockSignature signature) {
    String name = name(signature.file());
    unpublished.remove(name);
    if (write(name + NOT_YET, signature)) {
      publish(name);
    }
  }

  /** Forgets a file that is no more. */
  public void forget(FileIdentity file) {
    Path place = folder;
    if (place != null) {
      delete(place.resolve(name(file)));
    }
  }

  /** Makes what was put count; the target is durable. */
  public void commit() {
    for (String each : Set.copyOf(unpublished)) {
      unpublished.remove(each);
      publish(each);
    }
  }

  /**
   * Forgets what is not wanted any more.
   *
   * @param isThere whether the file is still where it was; asked of signatures without their hashes
   */
  public void sweep(Predicate<BlockSignature> isThere) {
    Path place = folder;
    if (place == null || !Files.isDirectory(place)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(place)) {
      for (Path each : all) {
        if (beginning(each).filter(isThere).isEmpty()) {
          delete(each);
        }
      }
    } catch (IOException | DirectoryIteratorException | UncheckedIOException unreadable) {
      // The next pass tries again.
      return;
    }
  }

  private boolean write(String name, BlockSignature signature) {
    Path place = folder;
    if (place == null) {
      return false;
    }
    try {
      if (!made) {
        Files.createDirectories(place);
        made = true;
      }
      Files.write(place.resolve(name), signature.bytes());
      return true;
    } catch (IOException | OutOfMemoryError unwritable) {
      delete(place.resolve(name));
      return false;
    }
  }

  private void publish(String name) {
    Path place = folder;
    if (place != null) {
      try {
        Files.move(
            place.resolve(name + NOT_YET), place.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException unwritable) {
        delete(place.resolve(name + NOT_YET));
      }
    }
  }

  @SuppressWarnings("EmptyCatch") // One too many is stale and no more.
  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException unimportant) {
    }
  }

  private static String name(FileIdentity file) {
    return Long.toHexString(file.inode());
  }
}
