package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.gemel.mirror.EqualityCertificate.Basis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate holds as long as the tree is bit for bit what it was, and no longer. */
@Tag("B-24")
@Tag("M-57")
final class EqualityCertificateTest {
  private static final ComparisonListener SILENT = new ComparisonListener() {};

  private final Path folder;
  private final Trees trees;

  EqualityCertificateTest(@TempDir Path folder) {
    this.folder = folder;
    trees = Trees.in(folder);
    trees.inSource(
        """
        mkdir -p d/deep empty; printf one > d/one; printf two > two; ln -s x link; ln two two2
        for i in $(seq 300); do printf $i > d/deep/$i; done
        head -c 3000000 /dev/urandom > large; touch -d 2020-01-01 d .
        """);
    trees.mirrorAndProve();
  }

  @Test
  void bothTreesAreWhatWasCertifiedWhateverTheThreads() throws Exception {
    EqualityCertificate certificate = throughFile(certify(ComparisonOptions.CONTENT));
    assertThat(certificate.files()).isEqualTo(305);
    assertThat(certificate.basis()).isEqualTo(Basis.CONTENT);
    assertThat(certificate.bytesRead()).isEqualTo(certificate.bytes());
    for (int streams : new int[] {1, 2, 7}) {
      assertThat(holds(certificate, trees.source(), streams)).isTrue();
      assertThat(holds(certificate, trees.target(), streams)).isTrue();
    }
    EqualityCertificate plain = certify(ComparisonOptions.PLAIN);
    assertThat(plain.basis()).isEqualTo(Basis.METADATA);
    assertThat(plain.treeHash()).isNotEqualTo(certificate.treeHash());
    assertThat(holds(plain, trees.target(), 2)).isTrue();
  }

  @Test
  void oneChangedBitEndsACertificateByContentOnly() {
    EqualityCertificate byContent = certify(ComparisonOptions.CONTENT);
    EqualityCertificate byMetadata = certify(ComparisonOptions.PLAIN);
    trees.inTarget(
        """
        t=$(stat -c %y large); b=$(od -An -tu1 -j2999999 -N1 large)
        printf "\\\\$(printf %o $((b ^ 1)))" | dd of=large bs=1 seek=2999999 conv=notrunc 2>&1
        touch -d "$t" large
        """);
    assertThat(holds(byMetadata, trees.target(), 2)).isTrue();
    assertThat(holds(byContent, trees.source(), 2)).isTrue();
    CertificateCheck check = check(byContent, trees.target(), 2);
    assertThat(check.holds()).isFalse();
    assertThat(check.words()).contains("is not what was certified").contains("another tree hash");
  }

  @Test
  void aRenamedFileAndAChangedModeEndIt() {
    EqualityCertificate certificate = certify(ComparisonOptions.PLAIN);
    trees.inTarget("mv d/deep/7 d/deep/seven; touch -r ../source/d/deep d/deep");
    assertThat(holds(certificate, trees.target(), 2)).isFalse();
    trees.inTarget("mv d/deep/seven d/deep/7; touch -r ../source/d/deep d/deep");
    assertThat(holds(certificate, trees.target(), 2)).isTrue();
    trees.inTarget("chmod 600 d/one");
    assertThat(holds(certificate, trees.target(), 2)).isFalse();
    trees.inTarget("chmod --reference=../source/d/one d/one; chmod 711 empty");
    assertThat(holds(certificate, trees.target(), 2)).isFalse();
    trees.inTarget("chmod --reference=../source/empty empty; chmod 700 .");
    assertThat(holds(certificate, trees.target(), 2)).isFalse();
  }

  @Test
  void whatDiffersIsNotCertified() {
    trees.inTarget("printf more > more");
    ComparisonOptions options = ComparisonOptions.CONTENT.withTreeHash(true);
    ComparisonReport report = TreeComparison.compare(first(), second(), options, new ArrayList<>());
    assertThatThrownBy(
            () -> EqualityCertificate.of(first(), second(), options, report, Optional.empty()))
        .hasMessageContaining("only equal trees are certified");
  }

  @Test
  void aMissingTreeOrAForeignFileIsSaidInWords() throws Exception {
    EqualityCertificate certificate = certify(ComparisonOptions.PLAIN);
    CertificateCheck check = check(certificate, folder.resolve("nowhere"), 1);
    assertThat(check.holds()).isFalse();
    assertThat(check.words()).contains("nowhere");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"format\": 2}");
    assertThatThrownBy(() -> CertificateFile.read(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no certificate of equality");
  }

  private EqualityCertificate certify(ComparisonOptions plain) {
    ComparisonOptions options = plain.withTreeHash(true);
    ComparisonReport report = TreeComparison.compare(first(), second(), options, new ArrayList<>());
    return EqualityCertificate.of(first(), second(), options, report, Optional.of("7"));
  }

  private EqualityCertificate throughFile(EqualityCertificate certificate) throws IOException {
    Path file = folder.resolve("certificate.json");
    CertificateFile.write(file, certificate);
    assertThat(CertificateFile.read(file)).isEqualTo(certificate);
    assertThat(file).content().contains("\"treeHash\"").contains("\"epoch\" : \"7\"");
    return CertificateFile.read(file);
  }

  private static boolean holds(EqualityCertificate certificate, Path tree, int streams) {
    return check(certificate, tree, streams).holds();
  }

  private static CertificateCheck check(EqualityCertificate certificate, Path tree, int streams) {
    return CertificateCheck.run(certificate, TreeRoot.of(tree), streams, 0, SILENT);
  }

  private TreeRoot first() {
    return TreeRoot.of(trees.source());
  }

  private TreeRoot second() {
    return TreeRoot.of(trees.target());
  }
}
