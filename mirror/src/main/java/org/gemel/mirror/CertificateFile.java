package org.gemel.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A certificate as JSON: for programs, for an archive, and to be checked again. */
public final class CertificateFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private CertificateFile() {}

  /** Writes it whole or not at all. */
  public static void write(Path file, EqualityCertificate certificate) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path temporary = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.writeString(temporary, MAPPER.writeValueAsString(certificate) + "\n");
    Files.move(temporary, absolute, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads one.
   *
   * @throws IOException in words for a person, also if the file holds something else
   */
  public static EqualityCertificate read(Path file) throws IOException {
    try {
      return MAPPER.readValue(Files.readString(file), EqualityCertificate.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          "found in " + file + " no certificate of equality, wanted one that gemel verify wrote",
          e);
    }
  }
}
