package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Deletes the row and the file of media or of a proxy. */
final class AssetDelete implements Deed {
  private final JournalLine line;
  private final JournalLine last;
  private byte @Nullable [] content;

  AssetDelete(JournalLine line, JournalLine last) {
    this.line = line;
    this.last = last;
  }

  @Override
  public JournalLine line() {
    return line;
  }

  @Override
  public long rows(Connection connection, JournalLine begun) throws SQLException, Refusal {
    AssetRows.delete(connection, last);
    return last.row();
  }

  @Override
  public void files(Mount mount, JournalLine begun) throws IOException {
    Path file = mount.file(last.file());
    content = Files.readAllBytes(file);
    DurableFiles.delete(file);
  }

  @Override
  public void takeBack(Mount mount, JournalLine begun) throws IOException {
    byte[] old = content;
    if (old != null) {
      DurableFiles.write(mount.file(last.file()), old);
    }
  }
}
