package org.gemel.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
  @Tag("M-54")
  void whoWorksOnTheTargetIsTold(@TempDir Path elsewhere) throws Exception {
    String index = elsewhere.resolve("index").toString();
    assertThat(mirror("--index", index)).isZero();
    assertThat(err.toString()).isEmpty();
    Files.writeString(to.resolve("notes"), "mine");
    assertThat(mirror("--index", index, "-o", "json")).isZero();
    assertThat(err.toString()).contains("somebody changed the target itself (1)", "  added notes");
    assertThat(out.toString()).contains("\"deleted\":1", "\"foreign\":1");
  }

  @Test
  void whatIsNotBuiltYetIsRefusedInWords() {
    assertThat(mirror("--delete=some")).isEqualTo(2);
    assertThat(err.toString()).contains("mirror, keep or salvage");
    assertThat(mirror("--delete=salvage", "--salvage-age", "soon")).isEqualTo(2);
    assertThat(err.toString()).contains("'soon'").contains("30d");
    assertThat(run(new MirrorCommand(), "ftp://host/x", to.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("URLs are not mirrored yet");
    assertThat(mirror("--exclude", "a//b")).isEqualTo(2);
  }

  @Test
  @Tag("M-54")
  void aLargeFileIsPatchedInPlaceAndTheReportSaysHowLittleWasMoved(@TempDir Path elsewhere)
      throws Exception {
    Path large = from.resolve("large");
    byte[] content = new byte[9 * 1024 * 1024];
    new java.util.Random(54).nextBytes(content);
    Files.write(large, content);
    String index = elsewhere.toString();
    assertThat(mirror("--in-place", "--index", index)).isZero();
    Object before = Files.getAttribute(to.resolve("large"), "unix:ino");
    content[5_000_000]++;
    Files.write(large, content);
    assertThat(mirror("--in-place", "--index", index, "--dry-run")).isZero();
    assertThat(out.toString().strip()).isEqualTo("update large");
    assertThat(mirror("--in-place", "--index", index, "-o", "json")).isZero();
    assertThat(out.toString()).contains("\"bytesMoved\":65536").contains("\"updated\":1");
    assertThat(Files.getAttribute(to.resolve("large"), "unix:ino")).isEqualTo(before);
    assertThat(verify("--content")).isZero();
    assertThat(run(new MirrorCommand(), "--in-place", from.toString(), "sftp://a@b/c"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--in-place");
  }

  @Test
  @Tag("B-12")
  @Tag("B-10")
  void whatIsRefusedIsListedAndApprovedByItsHash(@TempDir Path elsewhere) throws Exception {
    for (int i = 0; i < 1001; i++) {
      Files.writeString(to.resolve("old" + i), "x");
    }
    String list = elsewhere.resolve("list").toString();
    assertThat(mirror("--parked", list, "-o", "json")).isEqualTo(5);
    assertThat(out.toString())
        .contains("\"parkedDeletes\":1001")
        .contains("\"flag\":\"--allow-delete 1001\"");
    String hash = out.toString().replaceFirst("(?s).*\"parkedHash\":\"(\\w+)\".*", "$1");
    assertThat(Files.readAllLines(Path.of(list)).getLast()).contains("--approve " + hash);
    assertThat(err.toString()).contains("--approve " + hash);
    Files.delete(to.resolve("old7"));
    assertThat(mirror("--parked", list, "--approve", hash, "-o", "json")).isEqualTo(5);
    assertThat(err.toString()).contains("delete old7");
    String now = out.toString().replaceFirst("(?s).*\"parkedHash\":\"(\\w+)\".*", "$1");
    assertThat(mirror("--approve", now)).isZero();
    assertThat(verify("--content")).isZero();
  }

  @Test
  @Tag("B-13")
  void whatIsSalvagedIsListedGivenBackAndRemoved() throws Exception {
    String[] salvage = {"--delete=salvage", "--salvage-free", "0%", "--salvage-size=1G"};
    assertThat(mirror(salvage)).isZero();
    Files.writeString(from.resolve("a"), "hello again");
    assertThat(mirror("--delete=salvage", "--salvage-free", "0%", "-o", "json")).isZero();
    assertThat(out.toString()).contains("\"salvaged\":1");
    String target = to.toString();
    assertThat(run(new MirrorCommand(), "salvage", "list", target, "-o", "json")).isZero();
    assertThat(out.toString()).contains("\"entries\":1").contains("\"partial\":false");
    assertThat(run(new MirrorCommand(), "salvage", "restore", target, "a")).isNotZero();
    assertThat(run(new MirrorCommand(), "salvage", "restore", "--yes", target, "a")).isZero();
    assertThat(to.resolve("a")).hasContent("hello");
    assertThat(run(new MirrorCommand(), "salvage", "purge", target)).isEqualTo(2);
    assertThat(run(new MirrorCommand(), "salvage", "purge", "--all", target)).isZero();
    assertThat(run(new MirrorCommand(), "salvage", "list", target)).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  @Tag("M-55")
  void aProfileNamesBothTreesAndItsOptionsAndTheCommandLineWins(@TempDir Path folder)
      throws Exception {
    Files.writeString(from.resolve("b.tmp"), "b");
    Files.writeString(from.resolve("c.log"), "c");
    Files.writeString(to.resolve("old"), "old");
    Path profile = folder.resolve("wip.yaml");
    Files.writeString(
        profile,
        "from: %s\nto: %s\nexclude: ['*.tmp']\ndelete: keep\nschedule: every 30m\n"
            .formatted(from, to));
    assertThat(run(new MirrorCommand(), "--profile", profile.toString())).isZero();
    assertThat(to).isDirectoryNotContaining("glob:**.tmp");
    assertThat(to.resolve("old")).exists();
    assertThat(to.resolve("c.log")).exists();

    assertThat(
            run(
                new MirrorCommand(),
                "--profile=" + profile,
                "--delete=mirror",
                "--exclude=*.log",
                "--exclude=sub"))
        .isZero();
    assertThat(to.resolve("old")).doesNotExist();
    assertThat(to.resolve("b.tmp")).as("excludes of the command line replace the file's").exists();
    Path elsewhere = folder.resolve("elsewhere");
    Files.createDirectory(elsewhere);
    assertThat(
            run(new MirrorCommand(), "--profile=" + profile, from.toString(), elsewhere.toString()))
        .isZero();
    assertThat(elsewhere.resolve("a")).hasContent("hello");
  }

  @Test
  void aProfileWithAFaultIsRefusedWithItsPlace(@TempDir Path folder) throws Exception {
    assertThat(run(new MirrorCommand())).isEqualTo(2);
    assertThat(err.toString()).contains("found no FROM, wanted it named here or in a --profile");
    Path profile = folder.resolve("wip.yaml");
    Files.writeString(profile, "from: a\nto: b\nexlude: [x]\n");
    assertThat(run(new MirrorCommand(), "--profile=" + profile)).isEqualTo(2);
    assertThat(err.toString()).contains("3:1").contains("did you mean 'exclude'?");
    Files.writeString(profile, "{from: a, to: b, streams: 65}");
    assertThat(run(new MirrorCommand(), "--profile=" + profile)).isEqualTo(2);
    assertThat(err.toString()).contains("found streams: 65, wanted 1 to 64");
    assertThat(run(new MirrorCommand(), "--streams=0", from.toString(), to.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("found --streams 0, wanted 1 to 64");
    Files.writeString(profile, "{from: a, to: 's3://host/b'}");
    assertThat(run(new MirrorCommand(), "--profile=" + profile)).isEqualTo(2);
    assertThat(err.toString()).contains("URLs are not mirrored yet");
  }

  @Test
  @Tag("M-55")
  void aProfileNamesItsStreamsAndItsIndex(@TempDir Path folder) throws Exception {
    Path profile = folder.resolve("wip.yaml");
    Files.writeString(profile, "{from: %s, to: %s, streams: 3, index: kept}".formatted(from, to));
    assertThat(run(new MirrorCommand(), "--profile=" + profile)).isZero();
    Files.move(from.resolve("a"), from.resolve("renamed"));
    assertThat(run(new MirrorCommand(), "-o", "json", "--profile=" + profile)).isZero();
    assertThat(out.toString()).contains("\"renamed\":1");
    assertThat(folder.resolve("kept")).as("seen from the file").isNotEmptyDirectory();
    Files.move(from.resolve("renamed"), from.resolve("again"));
    assertThat(run(new MirrorCommand(), "--index=none", "--profile=" + profile)).isZero();
    assertThat(to.resolve("again")).hasContent("hello");
    Files.writeString(profile, "{from: %s, to: 'sftp://host/b', index: kept}".formatted(from));
    assertThat(run(new MirrorCommand(), "--profile=" + profile)).isEqualTo(2);
    assertThat(err.toString()).contains("wanted it only where TO is a folder of this machine");
  }

  @Test
  @Tag("B-41")
  void anIndexLetsWhatWasRenamedBeRenamed(@TempDir Path folder) throws Exception {
    String index = "--index=" + folder.resolve("index");
    assertThat(run(new MirrorCommand(), index, from.toString(), to.toString())).isZero();
    Files.move(from.resolve("a"), from.resolve("renamed"));
    assertThat(run(new MirrorCommand(), index, "-o", "json", from.toString(), to.toString()))
        .isZero();
    assertThat(out.toString()).contains("\"renamed\":1").contains("\"bytesMoved\":0");
    assertThat(to.resolve("renamed")).hasContent("hello");
    assertThat(to.resolve("a")).doesNotExist();
  }

  @Test
  @Tag("B-40")
  void aServerThatIsNotThereIsSixAndItsAddressIsChecked() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    for (String protocol : List.of("sftp", "ftp")) {
      String there = protocol + "://me@127.0.0.1:" + nobody + "/x";
      assertThat(run(new MirrorCommand(), "--retries", "0", from.toString(), there)).isEqualTo(6);
      assertThat(err.toString()).contains("cannot reach 127.0.0.1 port " + nobody);
    }
    assertThat(run(new MirrorCommand(), from.toString(), "sftp://me:secret@host/x")).isEqualTo(2);
    assertThat(err.toString()).contains("--password-file");
    assertThat(run(new MirrorCommand(), "--streams", "0", from.toString(), "ftp://host/x"))
        .isEqualTo(2);
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
        """
        listen: 127.0.0.1:0
        secret: secret
        volumes:
          - {name: media, folder: served, access: READ_WRITE}
        """);
    ServeConfiguration file = ServeConfiguration.load(folder.resolve("serve.yaml"));
    String[] link = {"--plain", "--link-secret", secret.toString(), "--streams", "2", "-v"};
    String place;
    try (MirrorServer server =
        MirrorServer.start(
            file.listen().socket(),
            LinkCredentials.Secret.read(file.secret().orElseThrow()),
            file.served(),
            VolumeGuard.NONE,
            LinkTimes.USUAL,
            words -> {})) {
      place = "agent://127.0.0.1:" + server.address().getPort() + "/media/below";
      assertThat(linked(link, from.toString(), place)).as(err.toString()).isZero();
      assertThat(out.toString().lines()).contains("create a", "create sub");
      assertThat(served.resolve("below/a")).hasContent("hello");
      assertThat(linked(link, place, to.toString())).as(err.toString()).isZero();
      assertThat(to.resolve("a")).hasContent("hello");
      assertThat(linked(link, from.toString(), place.replace("media", "other"))).isEqualTo(8);
      assertThat(linked(new String[0], from.toString(), place)).isEqualTo(2);
      assertThat(err.toString()).contains("--link-ca");
      assertThat(linked(link, from.toString(), to.toString())).isEqualTo(2);
    }
    assertThat(linked(link, from.toString(), place)).isEqualTo(6);
  }

  private int linked(String[] options, String source, String target) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 2);
    all[options.length] = source;
    all[options.length + 1] = target;
    return run(new MirrorCommand(), all);
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
