package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.Shell;
import org.gemel.mirror.Trees;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that other programs for this work once got wrong. */
@Tag("M-54")
final class OddChangesTest {
  private final Path folder;
  private final Trees trees;

  OddChangesTest(@TempDir(factory = InMemory.class) Path folder) {
    this.folder = folder;
    this.trees = Trees.in(folder);
  }

  /** Changes the source and proves that the target follows. */
  private MirrorReport after(String script) {
    trees.inSource(script);
    return trees.mirrorAndProve();
  }

  @Test
  void aChangeOfModeMovesNoContent() {
    after("mkdir d; printf content > f; printf x > d/x");
    MirrorReport report = after("chmod 0640 f; chmod 0711 d");
    assertThat(report.counts().bytesMoved()).isZero();
    assertThat(report.counts().metadata()).isEqualTo(2);
    assertThat(report.counts().created() + report.counts().updated()).isZero();
  }

  @Test
  void setUserIdSurvivesAChangeOfOwner() {
    Assumptions.assumeTrue(Shell.isRoot(), "only root may give files away");
    after("printf x > f; chmod 4755 f; chown 11:12 f; chmod 6755 f; mkdir d; chmod 3777 d");
    assertThat(after("chown 13:14 f d; chmod 6755 f; chmod 7777 d").counts().bytesMoved()).isZero();
    after("chown 0:0 f; chmod 6711 f; printf more >> f; chmod 6711 f");
  }

  @Test
  void timesOfFoldersSurviveWhatHappensDeepBelow() {
    String times =
        "for i in a a/b a/b/c a/b/c/d .; do n=$((n+1)); touch -d @1${n}000.123456789 $i; done";
    after("mkdir -p a/b/c/d; printf x > a/b/c/d/x; n=0; " + times);
    after("printf y > a/b/c/d/y; n=1; " + times);
    after("rm a/b/c/d/x; n=1; " + times);
    after("mkdir a/b/new; mv a/b/c/d/y a/b/new/y; n=2; " + times);
    after("rm -r a/b/new; n=2; " + times);
  }

  @Test
  void hardLinksAreRelinkedInOtherPairs() {
    after("printf one > a; ln a b; printf two > c; ln c d; mkdir s; ln a s/a");
    after("ln -f a c; ln -f d b");
    after("rm a; ln d a; rm s/a; printf one > s/a");
    after("ln -f s/a d; printf longer > c");
  }

  @Test
  void aFileOfManyNamesStaysOneFile() {
    after("printf x > f; mkdir d; for i in $(seq 300); do ln f d/$i; done");
    after("printf y > f; for i in $(seq 100); do rm d/$i; done");
    assertThat(Shell.run(trees.target(), "stat -c %h f").strip()).isEqualTo("201");
  }

  @Test
  void linksAndFoldersTakeEachOthersPlaces() {
    after("mkdir real; printf x > real/x; ln -s real way; mkdir other; printf y > other/y");
    after("rm way; mkdir way; printf z > way/z; rm -r other; ln -s real other");
    after("rm -r way; ln -s real way; rm other; mkdir other; printf y > other/y");
    after("rm -r real; ln -s other real");
  }

  @Test
  void aFileAndAFolderSwapTheirNames() {
    after("printf file > one; mkdir two; printf in > two/in; mkdir -p three/sub; ln -s one four");
    after("mv one t; mv two one; mv t two");
    after("mv three t; mv four three; mv one four; mv t one");
    after("mv one/sub t; rmdir one; mv t one; mv two t; mkdir two; mv t two/two");
  }

  @Test
  void namesAsLongAsTheyCanBe() {
    String names = "n=$(printf 'x%.0s' $(seq 254)); for i in 1 2 3 4 5 6 7 8 9; do ";
    after(names + "printf $i > $n$i; mkdir -p d/$n$i/$n$i; printf $i > d/$n$i/$n$i/$n$i; done");
    after(names + "printf more >> $n$i; done; rm -r d/${n}3; mv ${n}3 d/");
  }

  @Test
  void namesThatShellsAndTerminalsStumbleOver() {
    after(
        """
        for n in ' ' 'ends in space ' ' starts' $'new\\nline' $'\\r' $'\\t' $'bell\\a' $'\\e[31mred' '-n' '--delete' '~' '#' \\
          '...' '..a' '$HOME' '`x`' '"' "'" 'a;b' '*' '?' '[a]' '\\' 'a\\nb' $'\\xff' $'\\xc3' $'\\xed\\xa0\\x80' \\
          $'e\\xcc\\x81' $'\\xc3\\xa9' 'E' 'e' '%s%n' $'\\xf0\\x9f\\x8e\\xac' 'con' 'aux.txt' 'ends.'; do
          printf '%s' "$n" > "./$n"; mkdir "./d$n"; printf x > "./d$n/$n"; ln -s -- "$n" "./l$n"
        done
        """);
    after("for f in ./*; do [ -f \"$f\" ] && printf more >> \"$f\"; done; rm -r ./d*");
  }

  @Test
  void timesFarFromNow() {
    after(
        """
        i=0; mkdir d; for t in -1.999999999 0 0.000000001 -2208988800 1 253402300799 2147483648 4294967296.5 -2147483648; do
          i=$((i+1)); printf $i > f$i; mkdir d/$i; ln -s x l$i
          touch -h -d @$t f$i d/$i l$i 2>/dev/null || true
        done
        """);
    assertThat(after("touch -d @-1.999999998 f1").counts().updated()).isEqualTo(1);
  }

  @Test
  void aRewriteOfEqualSizeInTheSameSecondIsSeen() {
    after("for i in $(seq 20); do printf aaaa > f$i; done");
    for (int round = 0; round < 3; round++) {
      MirrorReport report = after("for i in $(seq 20); do printf b" + round + "bb > f$i; done");
      assertThat(report.counts().updated()).isEqualTo(20);
    }
  }

  @Test
  void emptyFoldersComeAndGo() {
    after("mkdir -p e{1,2,3}/f{1,2,3}/g{1,2,3}; mkdir only; printf x > stays");
    after("rm -r e1 e2/f1; rmdir e3/f{1,2,3}/g{1,2,3}; mkdir -p e4/f/g/h/i");
    after("rm -r e2 e3 e4 only");
  }

  @Test
  void aLargeFolderInNoOrder() {
    after("for i in $(seq 3000 | shuf); do : > $((i * 7919 % 3001))-$i; done");
    MirrorReport report =
        after(
            "ls -U | sed -n '5~30p' | xargs rm; ls -U | sed -n '9~30p' | while read f; do echo x >> $f; done");
    assertThat(report.counts().deleted()).isEqualTo(100);
    assertThat(report.counts().updated()).isBetween(96L, 97L);
  }

  @Test
  void whatTurnsIntoAFifoOrDeviceGoesAndComesBack() {
    after("printf f > f; mkdir d; printf x > d/x; ln -s f l; printf stays > stays");
    trees.inSource("rm -r f d l; mkfifo f d l");
    if (Shell.isRoot()) {
      trees.inSource("mknod zero c 1 5 2>/dev/null || true");
    }
    MirrorReport report = trees.mirror();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(report.counts().deleted()).isEqualTo(4);
    assertThat(report.counts().skipped()).isGreaterThanOrEqualTo(3);
    trees.proveEqual();
    after("rm -f f d l zero; printf f > f; mkdir d; printf x > d/x; ln -s f l");
  }

  @Test
  void holesAtAnyPlaceStayHoles() {
    after(
        """
        truncate -s 3M all; truncate -s 1M end; printf x | dd of=end bs=1 conv=notrunc 2>/dev/null
        truncate -s 1M start; printf x >> start; head -c 200000 /dev/urandom > both
        truncate -s 1M both; head -c 200000 /dev/urandom >> both; truncate -s 2M both
        """);
    String sizes = "stat -c %b all end start both | paste -sd+ | bc";
    Assumptions.assumeTrue(Shell.has("bc"), "bc is not installed");
    assertThat(Integer.parseInt(Shell.run(trees.target(), sizes).strip()) * 512)
        .isLessThan(1_000_000);
  }

  @Test
  void whatTheTargetsFoldersHandDownIsTakenAway() {
    Assumptions.assumeTrue(
        Shell.isRoot() && Shell.has("setfacl"), "needs root, for groups, and setfacl");
    trees.inSource("mkdir d; printf x > d/x");
    trees.inTarget("mkdir d; chgrp 4321 d .; chmod 2775 d .; setfacl -d -m u:1234:rwx d .");
    after("mkdir -p d/e new; printf y > d/e/y; printf z > new/z; ln -s y d/e/l");
    trees.inTarget("setfacl -m u:1234:rwx d/x; setfacl -d -m u:1234:rwx d/e");
    after("printf w > d/e/w; printf more >> d/x");
  }

  @Test
  void rootsMayBeReachedThroughLinks() throws Exception {
    trees.inSource("mkdir d; printf x > d/x; ln -s d l");
    Shell.run(folder, "ln -s source s; ln -s target t");
    Trees links = new Trees(folder.resolve("s"), folder.resolve("t"));
    assertThat(links.mirror().outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }
}
