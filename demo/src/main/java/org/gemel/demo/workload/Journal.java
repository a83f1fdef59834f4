package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The acknowledgement journal of one device: what it may claim not to have lost.
 *
 * <p>Every act writes {@link Phase#BEGUN} before its first effect and its outcome after the last,
 * each synced to disk before the call returns. An act with no outcome (its process was killed) may
 * have happened or not; without the first line such an act would look like a loss of the state
 * before it.
 */
public final class Journal implements AutoCloseable {
  private final FileChannel file;

  private Journal(FileChannel file) {
    this.file = file;
  }

  /** Opens it to go on at its end. A line torn by a crash was never claimed, and is cut off. */
  public static Journal open(Path path) throws IOException {
    DurableFiles.createFolders(path.toAbsolutePath().resolveSibling(""));
    boolean isNew = !Files.exists(path);
    long whole = isNew ? 0 : wholeBytes(Files.readAllBytes(path));
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    file.truncate(whole);
    file.position(whole);
    if (isNew) {
      DurableFiles.sync(path.toAbsolutePath().resolveSibling(""));
    }
    return new Journal(file);
  }

  /** Adds a line; it is on disk when this returns. */
  public void append(JournalLine line) throws IOException {
    appendAll(List.of(line));
  }

  /** Adds lines; all are on disk when this returns. */
  public synchronized void appendAll(List<JournalLine> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.render()).append('\n'));
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(true);
  }

  /** Reads all whole lines, also while the device goes on writing. */
  public static List<JournalLine> read(Path path) throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    byte[] content = Files.readAllBytes(path);
    String whole = new String(content, 0, wholeBytes(content), StandardCharsets.UTF_8);
    List<JournalLine> lines = new ArrayList<>();
    for (String line : whole.lines().toList()) {
      lines.add(JournalLine.parse(line));
    }
    return lines;
  }

  private static int wholeBytes(byte[] content) {
    int end = content.length;
    while (end > 0 && content[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
