package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An act on a story. It keeps the content it replaces, to put it back if the database refuses in
 * the end.
 */
final class StoryDeed implements Deed {
  private final JournalLine line;
  private final @Nullable JournalLine last;
  private final byte[] content;
  private byte @Nullable [] replaced;
  private boolean fileChanged;

  StoryDeed(JournalLine line, @Nullable JournalLine last, byte[] content) {
    this.line = line;
    this.last = last;
    this.content = content;
  }

  @Override
  public JournalLine line() {
    return line;
  }

  @Override
  public long rows(Connection connection, JournalLine begun) throws SQLException, Refusal {
    return switch (begun.act()) {
      case CREATE -> StoryRows.insert(connection, device(begun), begun);
      case UPDATE, RENAME -> StoryRows.update(connection, before(), begun);
      case DELETE -> StoryRows.delete(connection, before());
    };
  }

  /** The folder below Projects bears the device's name. */
  private static String device(JournalLine begun) {
    return Path.of(begun.file()).getName(1).toString();
  }

  @Override
  public void files(Mount mount, JournalLine begun) throws IOException {
    Path file = mount.file(begun.file());
    if (last != null) {
      replaced = Files.readAllBytes(mount.file(last.file()));
    }
    fileChanged = true;
    switch (begun.act()) {
      case CREATE, UPDATE -> DurableFiles.write(file, content);
      case RENAME -> DurableFiles.rename(mount.file(before().file()), file);
      case DELETE -> DurableFiles.delete(file);
    }
  }

  @Override
  public void takeBack(Mount mount, JournalLine begun) throws IOException {
    if (!fileChanged) {
      return;
    }
    Path file = mount.file(begun.file());
    byte[] old = replaced;
    if (last == null || old == null) {
      Files.deleteIfExists(file);
      return;
    }
    DurableFiles.write(mount.file(last.file()), old);
    if (!last.file().equals(begun.file())) {
      Files.deleteIfExists(file);
    }
  }

  private JournalLine before() {
    return Objects.requireNonNull(last, "only a create has nothing before it");
  }
}
