package org.gemel.cli.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Which control points there are and who I am: {@code client.yaml}.
 *
 * @param control their URLs, asked in this order
 * @param ca a file with the certificate of the authority that signed theirs; null for the system's
 * @param token what {@code gemel login} was given
 */
public record ClientSettings(List<String> control, @Nullable String ca, @Nullable String token) {

  public static Path defaultFile() {
    String named = System.getenv("GEMEL_CONFIG");
    return named != null && !named.isEmpty()
        ? Path.of(named)
        : Path.of(System.getProperty("user.home"), ".config", "gemel", "client.yaml");
  }

  public static ClientSettings read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new Failure(
          ExitCode.USAGE,
          "found no readable "
              + file
              + ", wanted to know the control point: run `gemel login URL`");
    }
    try {
      YAMLMapper mapper =
          YAMLMapper.builder()
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
              .build();
      ClientSettings settings = mapper.readValue(text, ClientSettings.class);
      return new ClientSettings(
          settings.control() == null ? List.of() : settings.control(),
          settings.ca(),
          settings.token());
    } catch (JacksonException e) {
      throw new Failure(
          ExitCode.USAGE,
          "found in "
              + file
              + ": "
              + e.getOriginalMessage()
              + ", wanted only control, ca and token");
    }
  }

  /** Writes it whole or not at all, readable by its owner only. */
  public void write(Path file) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("control", new ArrayList<>(control));
    if (ca != null) {
      document.put("ca", ca);
    }
    if (token != null) {
      document.put("token", token);
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path temporary =
          Files.createTempFile(
              folder,
              ".client",
              ".yaml",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(temporary, new YAMLMapper().writeValueAsString(document));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
