package org.gemel.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.gemel.cli.Failure;
import org.gemel.mirror.link.LinkCredentials;
import org.gemel.mirror.link.LinkTimes;
import org.gemel.mirror.link.MirrorServer;
import org.gemel.mirror.link.VolumeGuard;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The two commands keep their contract: lines, JSON fields, exit codes. */
final class MirrorCommandTest {
  private final Path from;
  private final Path to;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  MirrorCommandTest(@TempDir Path folder) throws Exception {
    from = Files.createDirectory(folder.resolve("from"));
    to = Files.createDirectory(folder.resolve("to"));
    Files.writeString(from.resolve("a"), "hello");
    Files.createDirectory(from.resolve("sub"));
  }

  @Test
  void aDryRunPrintsThePlanAndChangesNothing() {
    assertThat(mirror("--dry-run")).isZero();
    assertThat(out.toString().lines()).contains("create a", "create sub");
    assertThat(to).isEmptyDirectory();
  }

  @Test
  @Tag("M-57")
  void theResultIsOneObjectAndTheTreesVerifyEqual() throws Exception {
    assertThat(mirror("-o", "json")).isZero();
    assertThat(out.toString().strip())
        .startsWith("{\"outcome\":\"complete\"")
        .contains("\"files\":1,\"directories\":1,\"bytes\":5,\"created\":2,")
        .contains("\"bytesMoved\":5,")
        .contains("\"scanSeconds\":");
    assertThat(verify("--content", "-o", "json")).isZero();
    assertThat(out.toString()).contains("\"equal\":true");
    Files.writeString(to.resolve("b"), "more");
    assertThat(verify()).isEqualTo(1);
    assertThat(out.toString()).contains("only in B: b");
  }

  @Test
  @Tag("B-12")
  void aRefusalNamesItsFlagAndEndsWithFive() throws Exception {
    assertThat(mirror()).isZero();
    Files.delete(from.resolve("a"));
    Files.delete(from.resolve("sub"));
    assertThat(mirror("-o", "json")).isEqualTo(5);
    assertThat(err.toString()).contains("--allow-delete 2");
    assertThat(out.toString()).contains("\"flag\":\"--allow-delete 2\"");
    assertThat(mirror("--allow-delete", "2")).isZero();
    assertThat(to).isEmptyDirectory();
  }

  @Test
  void whatIsNotBuiltYetIsRefusedInWords() {
    assertThat(mirror("--delete=salvage")).isEqualTo(2);
    assertThat(err.toString()).contains("not built yet");
    assertThat(run(new MirrorCommand(), "ftp://host/x", to.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("URLs are not mirrored yet");
    assertThat(mirror("--exclude", "a//b")).isEqualTo(2);
    assertThat(mirror("--watch")).isEqualTo(2);
  }

  @Test
  @Tag("B-40")
  void aPlaceBehindAServerIsMirroredToAndFrom(@TempDir Path folder) throws Exception {
    Path secret = folder.resolve("secret");
    Files.write(secret, new byte[48]);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path served = Files.createDirectory(folder.resolve("served"));
    Files.writeString(
        folder.resolve("serve.yaml"),
        "listen: 127.0.0.1:0\nsecret: secret\nvolumes:\n  - {name: media, folder: served, access: READ_WRITE}\n");
    ServeConfiguration file = ServeConfiguration.load(folder.resolve("serve.yaml"));
    try (MirrorServer server =
        MirrorServer.start(
            file.listen().socket(),
            LinkCredentials.Secret.read(file.secret().orElseThrow()),
            file.served(),
            VolumeGuard.NONE,
            LinkTimes.USUAL,
            words -> {})) {
      String place = "agent://127.0.0.1:" + server.address().getPort() + "/media/below";
      String[] link = {"--plain", "--link-secret", secret.toString(), "--streams", "2", "-v"};
      assertThat(linked(link, from.toString(), place)).as(err.toString()).isZero();
      assertThat(out.toString().lines()).contains("create a", "create sub");
      assertThat(served.resolve("below/a")).hasContent("hello");
      assertThat(linked(link, place, to.toString())).as(err.toString()).isZero();
      assertThat(to.resolve("a")).hasContent("hello");
      assertThat(linked(link, from.toString(), place.replace("media", "other"))).isEqualTo(8);
      assertThat(linked(new String[0], from.toString(), place)).isEqualTo(2);
      assertThat(err.toString()).contains("--link-ca");
      assertThat(linked(link, from.toString(), to.toString())).isEqualTo(2);
      server.close();
      assertThat(linked(link, from.toString(), place)).isEqualTo(6);
    }
  }

  private int linked(String[] options, String source, String target) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 2);
    all[options.length] = source;
    all[options.length + 1] = target;
    return run(new MirrorCommand(), all);
  }

  @Test
  void ratesAreReadAsTheyAreWritten() {
    assertThat(ByteRate.parse("50M").bytesPerSecond()).isEqualTo(50_000_000);
    assertThat(ByteRate.parse("2Gi").bytesPerSecond()).isEqualTo(2L << 30);
    assertThat(mirror("--bwlimit", "fast")).isEqualTo(2);
  }

  private int mirror(String... options) {
    return run(new MirrorCommand(), with(options));
  }

  private int verify(String... options) {
    return run(new VerifyCommand(), with(options));
  }

  private String[] with(String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 2);
    all[options.length] = from.toString();
    all[options.length + 1] = to.toString();
    return all;
  }

  private int run(Object command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              if (failure instanceof Failure told) {
                line.getErr().println(told.getMessage());
                return told.code().code();
              }
              throw failure;
            })
        .execute(arguments);
  }
}
