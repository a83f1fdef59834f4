package org.gemel.demo.facility;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.gemel.demo.FlatYaml;
import org.jspecify.annotations.Nullable;

/**
 * What a second start must know of the first: ports, passwords, what was laid out. For its owner's
 * eyes only.
 */
final class FacilityState {
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
  private static final int PASSWORD_LENGTH = 20;

  private final Path file;
  private final boolean writable;
  private final TreeMap<String, String> values;

  private FacilityState(Path file, boolean writable, Map<String, String> values) {
    this.file = file;
    this.writable = writable;
    this.values = new TreeMap<>(values);
  }

  static FacilityState open(Path file) throws IOException {
    return new FacilityState(
        file, true, Files.exists(file) ? FlatYaml.read(file).entries() : Map.of());
  }

  /** For a process that only looks: what another process writes must not be written over. */
  static FacilityState openToRead(Path file) throws IOException {
    return new FacilityState(file, false, FlatYaml.read(file).entries());
  }

  synchronized @Nullable String find(String key) {
    return values.get(key);
  }

  synchronized void put(String key, String value) throws IOException {
    values.put(key, value);
    store();
  }

  /** A password kept under this name, generated the first time. */
  synchronized String password(String name) throws IOException {
    String key = "password." + name;
    String known = values.get(key);
    if (known != null) {
      return known;
    }
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int index = 0; index < PASSWORD_LENGTH; index++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    put(key, password.toString());
    return password.toString();
  }

  synchronized Map<String, Integer> ports(Iterable<String> names, Map<String, Integer> given)
      throws IOException {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    for (String name : names) {
      wanted.put(
          name,
          given.getOrDefault(name, Integer.parseInt(values.getOrDefault("port." + name, "0"))));
    }
    Map<String, Integer> chosen = Ports.choose(wanted);
    chosen.forEach((name, port) -> values.put("port." + name, port.toString()));
    store();
    return chosen;
  }

  private void store() throws IOException {
    if (!writable) {
      throw new IOException(
          file
              + ": found a value missing, wanted it there: start the facility once with this version");
    }
    OwnersFile.write(file, FlatYaml.render(values));
  }

  /** Files with passwords in them. */
  static final class OwnersFile {
    private OwnersFile() {}

    static void write(Path file, String text) throws IOException {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
