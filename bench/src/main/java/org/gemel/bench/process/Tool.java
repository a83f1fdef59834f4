package org.gemel.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A program of the machine, and the Debian package that brings it. */
public record Tool(String command, String debianPackage) {
  public static final Tool CP = new Tool("cp", "coreutils");
  public static final Tool FIND = new Tool("find", "findutils");
  public static final Tool FPSYNC = new Tool("fpsync", "fpart");
  public static final Tool LFTP = new Tool("lftp", "lftp");
  public static final Tool LSYNCD = new Tool("lsyncd", "lsyncd");
  public static final Tool OPENSSL = new Tool("openssl", "openssl");
  public static final Tool RCLONE = new Tool("rclone", "rclone");
  public static final Tool RSYNC = new Tool("rsync", "rsync");
  public static final Tool TIME = new Tool("time", "time");
  public static final Tool VSFTPD = new Tool("vsftpd", "vsftpd");

  /** Where daemons are, which an ordinary user's PATH leaves out. */
  private static final List<String> DAEMONS = List.of("/usr/sbin", "/usr/local/sbin", "/sbin");

  public Optional<Path> find() {
    List<String> folders = new ArrayList<>();
    folders.addAll(Arrays.asList(System.getenv().getOrDefault("PATH", "").split(":", -1)));
    folders.addAll(DAEMONS);
    return folders.stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The program's path, for a command line; the bare name where it is not there. */
  public String path() {
    return find().map(Path::toString).orElse(command);
  }

  /** Why what needs all of these is left out, with what to install; empty if all are there. */
  public static Optional<String> missing(Tool... tools) {
    List<Tool> absent = Arrays.stream(tools).filter(tool -> tool.find().isEmpty()).toList();
    if (absent.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "found no "
            + String.join(", ", absent.stream().map(Tool::command).toList())
            + ": apt-get install "
            + String.join(" ", absent.stream().map(Tool::debianPackage).toList()));
  }
}
