package org.gemel.config.kept;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Entries of a zip, each within a bound: a small archive can hold any number of zeros. */
final class KeptEntries {
  private KeptEntries() {}

  static Map<String, byte[]> read(byte[] archive, int most, int largest, String from)
      throws IOException {
    var contents = new HashMap<String, byte[]>();
    long total = 0;
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        var content = zip.readNBytes(largest + 1);
        total += content.length;
        if (content.length > largest || total > 4L * largest || contents.size() >= most) {
          throw KeptArchive.damaged(from, "more than a configuration has");
        }
        contents.put(entry.getName(), content);
      }
    } catch (EOFException | ZipException | IllegalArgumentException noZip) {
      var words = noZip.getMessage();
      throw KeptArchive.damaged(from, words == null ? "less than a whole file" : words);
    }
    return contents;
  }
}
