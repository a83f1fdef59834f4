package org.gemel.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes what will be lost into a new folder, two files a table: its rows as CSV, and SQL that
 * brings that side's state back into a database that is as main is. A folder that is there is
 * refused, so no earlier export is written over; nobody else can read what is written.
 */
final class LossExport implements Previewing.Listener, AutoCloseable {
  private record Pair(Writer csv, Writer sql) {}

  private final Path folder;
  private final Map<String, Pair> files = new TreeMap<>();

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
      Pair of = files.get(table.name());
      if (of == null) {
        of = open(table);
        files.put(table.name(), of);
      }
      List<Optional<String>> here = row.here();
      if (here != null) {
        of.csv().write(csv(here));
      }
      of.sql().write(LossSql.of(table, row));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private Pair open(SplitTable table) throws IOException {
    // Of the name only what is harmless in a file's; the number tells those apart that look alike.
    String name =
        "%03d-%s".formatted(files.size() + 1, table.name().replaceAll("[^A-Za-z0-9._-]+", "_"));
    Writer csv = create(name + ".csv");
    csv.write(csv(table.columns().stream().map(c -> Optional.of(c.name())).toList()));
    Writer sql = create(name + ".sql");
    sql.write(
        """
        -- Brings the rows of %s back as they were on the side that was overwritten.
        -- Run it as a superuser if triggers and foreign keys must not stand in its way:
        -- SET session_replication_role = replica;
        SET client_encoding = 'UTF8';
        SET DateStyle = 'ISO, YMD';
        SET IntervalStyle = 'postgres';
        SET lc_monetary = 'C';
        """
            .formatted(table.name().replace("\n", " ")));
    return new Pair(csv, sql);
  }

  private Writer create(String name) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.newBufferedWriter(file, UTF_8);
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

  @Override
  public void close() throws DatabaseFailure {
    try {
      for (Pair of : files.values()) {
        of.csv().close();
        of.sql().close();
      }
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
