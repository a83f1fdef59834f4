package org.gemel.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.gemel.agent.base.DurableFile;
import org.jspecify.annotations.Nullable;

/**
 * The file of frames. When {@link #append} comes back the frame is on disk; when it throws, the
 * frame is not in the file, or the file takes nothing more until it is opened anew.
 */
final class JournalFile implements AutoCloseable {
  private final Path file;
  private FileChannel channel;
  private long length;
  private @Nullable IOException broken;

  private JournalFile(Path file, FileChannel channel, long length) {
    this.file = file;
    this.channel = channel;
    this.length = length;
  }

  /** Opens the file and cuts off a torn last append. */
  static JournalFile open(Path file, List<Frame> frames) throws IOException {
    boolean fresh = !Files.exists(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      Frame.Contents contents = Frame.read(Files.readAllBytes(file), file.toString());
      if (channel.size() > contents.wholeLength()) {
        channel.truncate(contents.wholeLength());
      }
      // A frame that was written but not yet synced when the process was killed counts from now on.
      channel.force(true);
      if (fresh) {
        DurableFile.syncFolder(folder(file));
      }
      frames.addAll(contents.frames());
      return new JournalFile(file, channel, contents.wholeLength());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  long length() {
    return length;
  }

  void append(Frame frame) throws IOException {
    refuseIfBroken();
    byte[] bytes = frame.encoded();
    try {
      write(channel, bytes, length);
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
    sync(() -> channel.force(true));
    length += bytes.length;
  }

  /** Puts these frames in the place of all that are there, at once. */
  void rewrite(List<Frame> frames) throws IOException {
    refuseIfBroken();
    Path beside = DurableFile.beside(file);
    Files.deleteIfExists(beside);
    FileChannel fresh =
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    long at = 0;
    try {
      for (Frame frame : frames) {
        byte[] bytes = frame.encoded();
        write(fresh, bytes, at);
        at += bytes.length;
      }
      fresh.force(true);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
    channel.close();
    channel = fresh;
    length = at;
    // Not earlier than here may anything be appended: the rename could still be lost, and the
    // append with it.
    sync(() -> DurableFile.syncFolder(folder(file)));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private interface Sync {
    void run() throws IOException;
  }

  private void sync(Sync sync) throws IOException {
    try {
      sync.run();
    } catch (IOException e) {
      // After a failed sync nobody knows what is on disk, and a second sync would lie.
      broken = e;
      throw e;
    }
  }

  private void takeBack(IOException cause) {
    try {
      channel.truncate(length);
    } catch (IOException e) {
      cause.addSuppressed(e);
      broken = cause;
    }
  }

  private void refuseIfBroken() throws IOException {
    if (broken != null) {
      throw new IOException(
          "found that "
              + file
              + " could not be written ("
              + broken.getMessage()
              + "), wanted a journal that is safe on disk: check the disk and start the agent"
              + " again",
          broken);
    }
  }

  private static void write(FileChannel to, byte[] bytes, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      at += to.write(buffer, at);
    }
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("the journal lies in no folder: " + file);
    }
    return folder;
  }
}
