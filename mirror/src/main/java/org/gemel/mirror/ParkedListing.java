package org.gemel.mirror;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what waits, sorted, a line for each entry with its size and time: so that a person
 * can read it, and so that an approval is of this list and of no other. Goes through the target
 * once more instead of keeping the list in memory.
 */
final class ParkedListing implements AutoCloseable {
  private final Folder target;
  private final Scanner scanner;
  private final MessageDigest digest;
  private final List<String> first = new ArrayList<>();
  private final @Nullable Path file;
  private final @Nullable Path unfinished;
  private final @Nullable BufferedWriter writer;

  /**
   * @param file where the list is written; empty: nowhere
   */
  ParkedListing(Folder target, Scanner scanner, Optional<Path> file) throws IOException {
    this.target = target;
    this.scanner = scanner;
    this.file = file.orElse(null);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
    if (file.isPresent()) {
      unfinished = file.get().resolveSibling(file.get().getFileName() + ".part");
      writer = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8);
    } else {
      unfinished = null;
      writer = null;
    }
  }

  ParkedList write(List<ParkedDeletes.Parked> deletes, List<TreePath> overwrites, Extent extent)
      throws IOException {
    List<ParkedDeletes.Parked> sorted = new ArrayList<>(deletes);
    sorted.sort(Comparator.comparing(each -> each.parent().child(each.entry().name())));
    for (ParkedDeletes.Parked each : sorted) {
      try (Folder parent = target.descend(each.where())) {
        delete(
            parent.seenAt(each.parent()),
            new Entry(each.entry().name(), parent.status(each.entry().name())));
      } catch (IOException e) {
        skipIfGone(e);
      }
    }
    for (TreePath each : overwrites.stream().sorted().toList()) {
      try (Folder parent = target.descend(each.parent())) {
        line("overwrite", each, parent.status(each.names().getLast()));
      } catch (IOException e) {
        skipIfGone(e);
      }
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    ParkedList list =
        new ParkedList(extent.entries(), overwrites.size(), extent.bytes(), first, hash);
    finish(list);
    return list;
  }

  private static void skipIfGone(IOException e) throws IOException {
    if (!Errno.is(e, Errno.ENOENT)) {
      throw e;
    }
  }

  private void delete(Folder parent, Entry entry) throws IOException {
    line("delete", parent.path().child(entry.name()), entry.status());
    if (entry.type() == FileType.FOLDER) {
      try (Folder folder = parent.open(entry.name())) {
        Listing listing = scanner.list(folder, folder.status());
        for (int row = 0; row < listing.size(); row++) {
          delete(folder, listing.entry(row));
        }
      }
    }
  }

  private void line(String verb, TreePath path, FileStatus status) throws IOException {
    boolean file = status.type() == FileType.FILE;
    // A folder's own time moves with what is in it, which has lines of its own.
    String line =
        verb
            + " "
            + path
            + (file
                ? "\t"
                    + status.size()
                    + "\t"
                    + status.modified().seconds()
                    + "."
                    + "%09d".formatted(status.modified().nanos())
                : "");
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    if (first.size() < ParkedList.KEPT) {
      first.add(line);
    }
    if (writer != null) {
      writer.write(line);
      writer.newLine();
    }
  }

  private void finish(ParkedList list) throws IOException {
    if (writer == null || unfinished == null || file == null) {
      return;
    }
    writer.write(
        "# %d deletes of %d bytes, %d overwrites; to permit exactly these: --approve %s"
            .formatted(list.deletes(), list.bytes(), list.overwrites(), list.hash()));
    writer.newLine();
    writer.close();
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
    if (unfinished != null) {
      Files.deleteIfExists(unfinished);
    }
  }
}
