package org.gemel.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a person does with a doubt: verify, repair, verify again, keep the proof. */
@Tag("M-57")
@Tag("B-24")
final class VerifyCommandTest {
  private final Path folder;
  private final Path main;
  private final Path backup;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  VerifyCommandTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    main = Files.createDirectory(folder.resolve("main"));
    backup = Files.createDirectory(folder.resolve("backup"));
    Files.createDirectory(main.resolve("sub"));
    for (String name : List.of("a", "b", "c", "sub/one", "sub/two")) {
      Files.writeString(main.resolve(name), "content of " + name);
    }
    assertThat(run(new MirrorCommand(), main.toString(), backup.toString())).isZero();
  }

  @Test
  void aFlippedByteIsFoundByContentAloneAndRepaired() throws Exception {
    flip(backup.resolve("sub/two"));
    assertThat(verify()).isZero();
    assertThat(verify("--content")).isEqualTo(1);
    assertThat(out.toString().lines()).containsExactly("content differs: sub/two");
    assertThat(verify("--content", "-n", "--repair-from", main.toString())).isEqualTo(1);
    assertThat(out.toString().lines()).contains("update sub/two");
    assertThat(backup.resolve("sub/two")).hasContent("Content of sub/two");
    assertThat(verify("--content", "--repair-from", main + "/", "-o", "json")).isZero();
    assertThat(out.toString())
        .contains("\"equal\":true", "\"differingBefore\":1", "\"repaired\":1,\"bytesMoved\":18");
    assertThat(err.toString()).contains("update sub/two");
    assertThat(backup.resolve("sub/two")).hasContent("content of sub/two");
    assertThat(verify("--content")).isZero();
  }

  @Test
  void theSideThatIsNamedIsRight() throws Exception {
    flip(backup.resolve("a"));
    Files.delete(backup.resolve("sub/one"));
    assertThat(verify("--content", "--repair-from", backup.toString())).isZero();
    assertThat(main.resolve("a")).hasContent("Content of a");
    assertThat(main.resolve("sub/one")).doesNotExist();
  }

  @Test
  @Tag("B-12")
  void aRepairIsGuardedAsAnyPass() throws Exception {
    for (String name : List.of("a", "b", "c", "sub/one", "sub/two", "sub")) {
      Files.delete(main.resolve(name));
    }
    assertThat(verify("--repair-from", main.toString(), "-o", "json")).isEqualTo(5);
    assertThat(out.toString()).contains("\"equal\":false").contains("\"flag\":\"--allow-delete 6");
    assertThat(backup.resolve("sub/two")).exists();
    assertThat(verify("--repair-from", main.toString(), "--allow-delete", "6")).isZero();
    assertThat(backup).isEmptyDirectory();
  }

  @Test
  void aThirdTreeIsNotRepairedFrom() {
    assertThat(verify("--repair-from", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("wanted one of the two trees");
    assertThat(verify("--dry-run")).isEqualTo(2);
    assertThat(err.toString()).contains("without --repair-from");
    assertThat(run(new VerifyCommand(), main.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("wanted two");
    assertThat(verify("--bwlimit", "fast")).isEqualTo(2);
    assertThat(err.toString()).contains("wanted bytes a second such as 20M");
  }

  @Test
  void aCertificateIsKeptAndChecked() throws Exception {
    String file = folder.resolve("equal.json").toString();
    assertThat(verify("--content", "--certificate", file, "--epoch", "42", "--streams", "3"))
        .isZero();
    assertThat(Path.of(file)).content().contains("\"epoch\" : \"42\"", "\"basis\" : \"CONTENT\"");
    assertThat(check(file, backup)).isZero();
    assertThat(err.toString()).contains("is what was certified");
    flip(backup.resolve("b"));
    assertThat(check(file, main)).isZero();
    assertThat(check(file, backup)).isEqualTo(1);
    assertThat(err.toString()).contains("is not what was certified");
    String none = folder.resolve("none.json").toString();
    assertThat(verify("--content", "--certificate", none)).isEqualTo(1);
    assertThat(Path.of(none)).doesNotExist();
    assertThat(check(none, main)).isEqualTo(1);
  }

  @Test
  void aPersonSeesHowFarItIs() {
    long[] now = {0};
    ProgressLine line = new ProgressLine(null, () -> now[0]);
    line.reached(10, 500_000_000);
    assertThat(line.text(2_000_000_000L)).isEqualTo("10 files, 500 MB, 250 MB/s");
    line.total(100, 3_000_000_000L);
    assertThat(line.text(2_000_000_000L))
        .isEqualTo("10 of 100 files, 500 MB of 3.0 GB, 250 MB/s, 0:00:10 left");
  }

  @Test
  void ratesAreReadAsPeopleWriteThem() {
    ByteRate rate = new ByteRate();
    assertThat(rate.convert("20M")).isEqualTo(20_000_000);
    assertThat(rate.convert("1.5GiB/s")).isEqualTo(1_610_612_736L);
    assertThat(rate.convert("500 kB")).isEqualTo(500_000);
    assertThat(rate.convert("7")).isEqualTo(7);
  }

  /** Another first letter under the same size and time. */
  private static void flip(Path file) throws Exception {
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "C" + Files.readString(file).substring(1));
    Files.setLastModifiedTime(file, time);
  }

  private int check(String certificate, Path tree) {
    return run(new VerifyCommand(), "--check-certificate", certificate, tree.toString());
  }

  private int verify(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(main.toString());
    all.add(backup.toString());
    return run(new VerifyCommand(), all.toArray(String[]::new));
  }

  private int run(Object command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
