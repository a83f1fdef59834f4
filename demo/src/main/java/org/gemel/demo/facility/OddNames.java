package org.gemel.demo.facility;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Files as people really have them: names with spaces, umlauts, a line end, bytes that are no
 * UTF-8, 255 bytes; an empty folder, an empty file, links (one leads nowhere), modes without write.
 *
 * <p>A shell makes them, because a JVM in a locale without UTF-8 cannot even say most of these
 * names.
 */
final class OddNames {
  private static final long SECONDS = 30;
  private static final String SCRIPT =
      """
      set -e
      mkdir -p 'empty folder' 'folder with  two spaces' "$(printf '\\303\\234bersicht')"
      echo text > ' leading and trailing space '
      echo text > "$(printf 'two\\nlines.txt')"
      echo text > "$(printf 'Gr\\303\\266\\303\\237e \\303\\244ndern.txt')"
      echo text > "$(printf 'caf\\351 latin-1.txt')"
      echo text > "$(printf '\\303\\234bersicht')/\\"quoted\\" & 'single'.txt"
      echo text > '-starts-with-a-hyphen'
      echo text > "$(printf '%0255d' 0)"
      : > 'empty file'
      rm -f 'read only.txt'
      echo text > 'read only.txt'
      chmod 0444 'read only.txt'
      echo text > 'runs.sh'
      chmod 0755 'runs.sh'
      ln -sfn 'empty file' 'link to a file'
      ln -sfn '../rundowns' 'link to a folder'
      ln -sfn 'nowhere' 'link to nothing'
      """;

  private OddNames() {}

  static void write(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", SCRIPT)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    shell.getOutputStream().close();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!shell.waitFor(SECONDS, TimeUnit.SECONDS) || shell.exitValue() != 0) {
      shell.destroyForcibly();
      throw new IOException("could not make the files with odd names in " + folder + ": " + said);
    }
  }
}
