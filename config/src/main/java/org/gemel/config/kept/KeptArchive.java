package org.gemel.config.kept;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A machine's configuration as one file: a zip that any tool opens, with a manifest that says where
 * each file belongs and what its content's SHA-256 is.
 *
 * <p>One file, because it is put in place by one rename: nobody ever finds half of a configuration.
 * The same configuration gives the same bytes. Reading takes nothing on trust: sizes are bounded
 * before memory is taken, and each content is held against the manifest.
 */
public final class KeptArchive {
  /** A configuration file has no more bytes. */
  public static final int LARGEST_FILE = 2 << 20;

  /** All of a machine's, as an archive, have no more bytes: they go in one message. */
  public static final int LARGEST_ARCHIVE = 3 << 20;

  private static final int MOST_FILES = 200;
  private static final int FORMAT = 1;
  private static final String MANIFEST = "manifest.json";
  // Zip knows no time before 1980; a fixed one keeps the bytes the same.
  private static final long ENTRY_TIME = 315_619_200_000L;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Manifest(
      int format,
      String machine,
      MachineKind kind,
      String changed,
      List<Entry> files,
      String sealedWith) {}

  private record Entry(String entry, String place, String mode, boolean sealed, String sha256) {}

  private KeptArchive() {}

  /**
   * Writes an archive.
   *
   * @throws IOException in words, if it would be larger than {@value #LARGEST_ARCHIVE} bytes
   */
  public static byte[] write(KeptMachine kept) throws IOException {
    if (kept.files().size() > MOST_FILES) {
      throw new IOException(
          "found %d configuration files of %s, wanted at most %d: keep fewer"
              .formatted(kept.files().size(), kept.machine(), MOST_FILES));
    }
    var entries = new ArrayList<Entry>();
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var file : kept.files()) {
        var name = "files/%03d-%s".formatted(entries.size() + 1, file.place().getFileName());
        entries.add(
            new Entry(name, file.place().toString(), file.mode(), file.sealed(), file.digest()));
        put(zip, name, file.content());
      }
      var manifest =
          new Manifest(
              FORMAT,
              kept.machine(),
              kept.kind(),
              kept.changed().toString(),
              entries,
              kept.sealedWith());
      put(zip, MANIFEST, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    }
    if (bytes.size() > LARGEST_ARCHIVE) {
      throw new IOException(
          "found %d bytes of configuration of %s, wanted at most %d: keep fewer or smaller files"
              .formatted(bytes.size(), kept.machine(), LARGEST_ARCHIVE));
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTime(ENTRY_TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** What tells two archives apart: SHA-256 of all bytes, in hexadecimal digits. */
  public static String digest(byte[] archive) {
    return KeptFile.sha256(archive);
  }

  /**
   * Reads an archive.
   *
   * @param from how messages name it
   * @throws IOException in words, if it is not whole and right
   */
  public static KeptMachine read(byte[] archive, String from) throws IOException {
    var contents = KeptEntries.read(archive, MOST_FILES + 1, LARGEST_FILE, from);
    var manifest = contents.remove(MANIFEST);
    if (manifest == null) {
      throw damaged(from, "no " + MANIFEST);
    }
    try {
      var read = JSON.readValue(manifest, Manifest.class);
      if (read.format() != FORMAT) {
        throw damaged(from, "format " + read.format() + " (this release reads " + FORMAT + ")");
      }
      var files = new ArrayList<KeptFile>();
      for (var entry : read.files()) {
        var content = contents.remove(entry.entry());
        if (content == null || !KeptFile.sha256(content).equals(entry.sha256())) {
          throw damaged(from, entry.place() + " missing or changed");
        }
        files.add(new KeptFile(Path.of(entry.place()), entry.mode(), entry.sealed(), content));
      }
      return new KeptMachine(
          read.machine(), read.kind(), Instant.parse(read.changed()), files, read.sealedWith());
    } catch (RuntimeException wrong) {
      throw damaged(from, String.valueOf(wrong.getMessage()));
    }
  }

  static IOException damaged(String from, String what) {
    return new IOException(
        "found in %s: %s; wanted a whole archive of a machine's configuration: take the one of the other storage system"
            .formatted(from, what));
  }
}
