package org.gemel.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what will be lost into a new folder, two files a table: its rows as CSV, and SQL that
 * brings that side's state back into a database that is as main is. A folder that is there is
 * refused, so no earlier export is written over; nobody else can read what is written.
 *
 * <p>The SQL is one transaction that {@code psql} ends at its first error: all removals first, then
 * the rest, which waits in a file of its own until the table's end. What was cut off before that
 * rolls back, for half of a table's rows would look like all.
 */
final class LossExport implements Previewing.Listener, AutoCloseable {
  private record Parts(String table, Writer csv, Writer removals, Path rest, Writer others) {}

  private final Path folder;
  private final Set<String> begun = new HashSet<>();
  private @Nullable Parts open;

  LossExport(Path folder) throws DatabaseFailure {
    this.folder = folder;
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      throw DatabaseFailure.refused(
          folder + " there already", "a new folder, so that no export is lost", "name another");
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void row(SplitTable table, SplitRow row) throws DatabaseFailure {
    try {
      Parts of = open;
      if (of == null || !of.table().equals(table.name())) {
        end("COMMIT"); // the rows of one table come together
        of = open(table);
        open = of;
      }
      List<Optional<String>> here = row.here();
      if (here != null) {
        of.csv().write(csv(here));
      }
      LossSql sql = LossSql.of(table, row);
      of.removals().write(sql.removal());
      of.others().write(sql.rest());
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private Parts open(SplitTable table) throws IOException {
    if (!begun.add(table.name())) {
      throw new IllegalStateException("rows of " + table.name() + " after its end");
    }
    // Of the name only what is harmless in a file's; the number tells those apart that look alike.
    String name =
        "%03d-%s".formatted(begun.size(), table.name().replaceAll("[^A-Za-z0-9._-]+", "_"));
    Writer csv = create(folder.resolve(name + ".csv"));
    csv.write(csv(table.columns().stream().map(c -> Optional.of(c.name())).toList()));
    Path sql = folder.resolve(name + ".sql");
    Writer removals = create(sql);
    removals.write(
        """
        \\set ON_ERROR_STOP on
        -- For psql. Brings the rows of %s back as they were on the side that was overwritten.
        -- Run it as a superuser if triggers and foreign keys must not stand in its way:
        %sSET session_replication_role = replica;
        SET client_encoding = 'UTF8';
        SET DateStyle = 'ISO, YMD';
        SET IntervalStyle = 'postgres';
        SET lc_monetary = 'C';
        BEGIN;
        """
            .formatted(
                table.name().replaceAll("[\\r\\n]", " "),
                // Rows go and come again, which foreign keys would not let pass, or take for more.
                table.rowsGoAndCome() ? "" : "-- "));
    Path rest = folder.resolve(name + ".rest");
    return new Parts(table.name(), csv, removals, rest, create(rest));
  }

  private static Writer create(Path file) throws IOException {
    return Files.newBufferedWriter(
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
        UTF_8);
  }

  private static String csv(List<Optional<String>> values) {
    return values.stream().map(LossExport::csv).collect(Collectors.joining(",", "", "\n"));
  }

  /** As COPY writes it: nothing is NULL, two quotes are an empty text. */
  private static String csv(Optional<String> value) {
    if (value.isEmpty()) {
      return "";
    }
    String text = value.get();
    boolean plain =
        !text.isEmpty()
            && !text.equals("\\.")
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private void end(String how) throws IOException {
    Parts of = open;
    if (of == null) {
      return;
    }
    open = null;
    of.csv().close();
    of.others().close();
    try (Reader rest = Files.newBufferedReader(of.rest(), UTF_8);
        Writer sql = of.removals()) {
      rest.transferTo(sql);
      sql.write(how + ";\n");
    }
    Files.delete(of.rest());
  }

  @Override
  public void finished() throws DatabaseFailure {
    try {
      end("COMMIT");
    } catch (IOException | UncheckedIOException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void close() throws DatabaseFailure {
    try {
      end("ROLLBACK");
    } catch (IOException | UncheckedIOException e) {
      throw cannotWrite(e);
    }
  }

  private DatabaseFailure cannotWrite(Exception e) {
    return DatabaseFailure.unfinished(
        "'" + e + "' while writing into " + folder,
        "room and the right to write there",
        "see to that, remove what was begun, and repeat");
  }
}
