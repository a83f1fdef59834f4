package org.gemel.agent.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Replaces small files. Whoever reads the file, at any moment and after any crash, finds the old
 * content or the new one, whole; after {@link #replace} came back it is the new one.
 *
 * <p>The content is synced before the rename: a file system may keep a rename and lose the bytes.
 * The folder is synced after it: until then the rename itself may be lost. One writer per file at a
 * time; what a crash left beside is cleared away by the next writer.
 */
public final class DurableFile {
  private DurableFile() {}

  /** What is behind when {@link Watch} is told. */
  public enum Step {
    CREATED,
    WRITTEN,
    SYNCED,
    RENAMED,
    FOLDER_SYNCED
  }

  /** Is told of every step; tests let a crash happen there. */
  public interface Watch {
    void after(Step step) throws IOException;
  }

  /** Gives the file this content; mode and owner stay those of the file that was there. */
  public static void replace(Path file, byte[] content) throws IOException {
    replace(file, content, step -> {});
  }

  /** As {@link #replace(Path, byte[])}, with somebody watching. */
  public static void replace(Path file, byte[] content, Watch watch) throws IOException {
    Path beside = beside(file);
    Files.deleteIfExists(beside);
    try (FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      watch.after(Step.CREATED);
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        takeOwnership(file, beside);
      }
      watch.after(Step.WRITTEN);
      channel.force(true);
      watch.after(Step.SYNCED);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    watch.after(Step.RENAMED);
    syncFolder(parent(file));
    watch.after(Step.FOLDER_SYNCED);
  }

  /** Makes the names in a folder durable. */
  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Where the new content, or a new link, lies until it takes the place of the old. */
  public static Path beside(Path file) {
    return parent(file).resolve("." + file.getFileName() + ".gemel-new");
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(
          "found '" + file + "', wanted a file inside a folder: name one");
    }
    return parent;
  }

  private static void takeOwnership(Path from, Path to) throws IOException {
    PosixFileAttributes wanted = attributes(from).readAttributes();
    PosixFileAttributeView view = attributes(to);
    PosixFileAttributes found = view.readAttributes();
    // Owner before mode: a change of owner clears bits of the mode.
    if (!found.owner().equals(wanted.owner())) {
      view.setOwner(wanted.owner());
    }
    if (!found.group().equals(wanted.group())) {
      view.setGroup(wanted.group());
    }
    view.setPermissions(wanted.permissions());
  }

  private static PosixFileAttributeView attributes(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      throw new IOException(
          "found a file system without owners and modes at "
              + file
              + ", wanted one that has them: keep the file on a Linux file system");
    }
    return view;
  }
}
