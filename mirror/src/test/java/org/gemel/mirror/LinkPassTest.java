package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.link.LinkCredentials;
import org.gemel.mirror.link.LinkRefusedException;
import org.gemel.mirror.link.LinkTimes;
import org.gemel.mirror.link.MirrorCaller;
import org.gemel.mirror.link.UnreachableException;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Passes from one machine to another, both of which are this one. */
@Tag("B-40")
final class LinkPassTest {
  private static final LinkCertificates CERTIFICATES = LinkCertificates.make();

  private final Path folder;
  private final Trees trees;

  LinkPassTest(@TempDir Path folder) {
    this.folder = folder;
    this.trees = Trees.in(folder);
  }

  /** How a link is made, and which end calls. */
  enum Way {
    PLAIN_PUSH,
    PLAIN_PULL,
    TLS_PUSH,
    TLS_PULL,
    PACKED_PUSH;

    LinkCredentials credentials() {
      return name().startsWith("TLS") ? CERTIFICATES.trusted() : LinkedTrees.secret();
    }

    boolean pushes() {
      return name().endsWith("PUSH");
    }
  }

  private void fill() {
    trees.inSource(
        """
        mkdir -p empty sub/deep/deeper many
        printf hello > 'with space'; printf h > $'line\\nbreak'; printf z > $'no\\xff\\xfetext'; printf u > 'Tagesschau-Übersicht'
        printf q > sub/deep/$(printf 'k%.0s' $(seq 255))
        : > zero; head -c 3000000 /dev/urandom > large; truncate -s 9M holes; printf end >> holes; truncate -s 5M allhole
        head -c 65536 /dev/zero > edge; head -c 65537 /dev/urandom > over; head -c 600000 /dev/zero > zeros
        for i in $(seq 300); do head -c $((i * 37)) /dev/urandom > many/f$i; done
        ln -s /nowhere/$'\\xfe' dangling; ln -s .. up; touch -h -d '2001-01-01 00:00:00.123456789' dangling
        ln 'with space' sub/hard; ln -s sub link-to-folder; mkfifo pipe
        touch -d '1960-05-05 01:02:03.000000001' old; touch -d '2100-05-05 01:02:03.999999999' future
        chmod 4755 old; chmod 0600 zero; chmod 2775 empty; chmod 1777 sub
        touch -d 2010-01-01 sub/deep/deeper; touch -d 2011-01-01 sub/deep; touch -d 2012-01-01 sub empty
        """);
    if (Shell.has("setfattr") && Shell.has("setfacl")) {
      trees.inSource(
          "setfattr -n user.clip -v 17 large; setfattr -n user.empty zero; setfacl -m u:1000:r"
              + " 'with space'; setfacl -d -m u:1000:rwx sub");
    }
    if (Shell.isRoot()) {
      trees.inSource("chown 1234:4321 large sub; chown -h 99:98 dangling");
    }
  }

  private MirrorReport mirror(LinkedTrees linked, boolean push, MirrorListener listener) {
    return push ? linked.push(trees.source(), listener) : linked.pull(trees.target(), listener);
  }

  private LinkedTrees linked(Way way) {
    LinkedTrees linked =
        LinkedTrees.serving(way.pushes() ? trees.target() : trees.source(), way.credentials());
    return way == Way.PACKED_PUSH ? linked.with(linked.options().withPacking(true)) : linked;
  }

  private MirrorReport complete(LinkedTrees linked, boolean push) {
    MirrorReport report = mirror(linked, push, MirrorListener.NONE);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    return report;
  }

  @ParameterizedTest
  @EnumSource
  void aTreeWithEveryOddThingArrivesWhole(Way way) {
    fill();
    try (LinkedTrees linked = linked(way)) {
      MirrorReport report = complete(linked, way.pushes());
      trees.proveEqual();
      assertThat(report.counts().created())
          .isEqualTo(report.counts().files() + report.counts().directories());
      assertThat(complete(linked, way.pushes()).counts().changedAnything()).isFalse();
      assertThat(Shell.run(trees.target(), "stat -c %b holes allhole"))
          .isEqualTo(Shell.run(trees.source(), "stat -c %b holes allhole"));
      trees.inSource(
          """
          rm -r many sub; mkdir sub; printf new > sub/new; printf more >> large; rm old; ln zero old
          rm dangling; mkdir dangling; printf now > link-to-folder.new; mv link-to-folder.new link-to-folder; chmod 640 over
          """);
      complete(linked, way.pushes());
      trees.proveEqual();
    }
  }

  @Test
  void whatIsToldOnTheWayIsWhatHappened() {
    fill();
    List<String> here = Trees.changes(trees.request().withDryRun(true));
    List<String> there = new ArrayList<>();
    AtomicInteger seen = new AtomicInteger();
    try (LinkedTrees linked = linked(Way.PLAIN_PUSH)) {
      MirrorReport report =
          mirror(
              linked,
              true,
              new MirrorListener() {
                @Override
                public void changed(Change change) {
                  there.add(change.line());
                }

                @Override
                public void progress(long files, long bytesMoved, TreePath at) {
                  seen.incrementAndGet();
                }
              });
      assertThat(report.counts().created() + report.counts().metadata()).isEqualTo(there.size());
    }
    assertThat(there).containsExactlyInAnyOrderElementsOf(here);
    assertThat(seen.get()).isPositive();
  }

  @Test
  void contentsAreComparedOverTheLinkWhereTheyAreToBeRead() throws Exception {
    fill();
    try (LinkedTrees linked = linked(Way.PLAIN_PUSH)) {
      complete(linked, true);
      trees.inTarget(
          "t=$(stat -c %y large); printf X | dd of=large bs=1 seek=5000 conv=notrunc 2>&1; touch -d"
              + " \"$t\" large; t=$(stat -c %y holes); printf X | dd of=holes bs=1 seek=5000"
              + " conv=notrunc 2>&1; touch -d \"$t\" holes");
      assertThat(complete(linked, true).counts().changedAnything()).isFalse();
      MirrorReport report =
          linked
              .caller()
              .push(
                  MirrorRequest.of(TreeRoot.of(trees.source()), new TreeRoot("there"))
                      .withChecksum(true),
                  MirrorListener.NONE);
      assertThat(report.counts().updated()).isEqualTo(2);
      trees.proveEqual();
    }
  }

  @Test
  void aFileThatNeverHoldsStillIsReportedAndNotTorn() throws Exception {
    trees.inSource("head -c 4000000 /dev/zero > growing; printf calm > calm");
    try (LinkedTrees linked = linked(Way.PLAIN_PUSH)) {
      MirrorReport report =
          RestlessFile.during(
              trees.source().resolve("growing"), () -> mirror(linked, true, MirrorListener.NONE));
      assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
      assertThat(report.failures().getFirst().reason()).contains("changed while it was read");
      assertThat(trees.target().resolve("growing")).doesNotExist();
      assertThat(trees.target().resolve("calm")).hasContent("calm");
      complete(linked, true);
      trees.proveEqual();
    }
  }

  @Test
  void aStopFromTheCallerEndsThePassElsewhere() {
    trees.inSource("for i in $(seq 2000); do printf $i > f$i; done; head -c 300M /dev/zero > big");
    AtomicBoolean begun = new AtomicBoolean();
    try (LinkedTrees slow = linked(Way.PLAIN_PUSH)) {
      LinkedTrees linked = slow.with(slow.options().withRate(4_000_000));
      MirrorReport report =
          mirror(
              linked,
              true,
              new MirrorListener() {
                @Override
                public void progress(long files, long bytesMoved, TreePath at) {
                  begun.set(true);
                }

                @Override
                public boolean stopRequested() {
                  return begun.get();
                }
              });
      assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.STOPPED);
      assertThat(Shell.run(trees.target(), "find . -name '.gemel-*' ! -name '*-part-*'")).isEmpty();
      assertThat(trees.target().resolve("big")).doesNotExist();
    }
  }

  @Test
  void aLinkCutInTheMiddleLeavesOldOrNewAndTheNextPassGoesOn() throws Exception {
    trees.inSource(
        "for i in $(seq 200); do head -c 60000 /dev/urandom > f$i; done; head -c 9M /dev/urandom >"
            + " big");
    trees.inTarget("printf old > big; printf old > f7");
    for (boolean push : new boolean[] {true, false}) {
      AtomicInteger made = new AtomicInteger();
      Path served = push ? trees.target() : trees.source();
      LinkedTrees cut = LinkedTrees.serving(served, LinkedTrees.secret());
      LinkedTrees slow = cut.with(cut.options().withRate(6_000_000));
      MirrorReport report =
          mirror(
              slow,
              push,
              new MirrorListener() {
                @Override
                public void changed(Change change) {
                  if (made.incrementAndGet() == 5) {
                    cut.close();
                  }
                }
              });
      assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
      assertThat(LinkedTrees.first(report).orElseThrow()).contains("the link to the");
      trees.inTarget(
          "for f in f* big; do [ -e $f ] || continue; cmp -s $f ../source/$f || [ \"$(cat $f)\" ="
              + " old ]; done");
    }
    try (LinkedTrees linked = linked(Way.PLAIN_PUSH)) {
      complete(linked, true);
      trees.proveEqual();
    }
  }

  @Test
  void aLateWriterOfAnOldMainIsRefusedBeforeAndInTheMiddle() throws Exception {
    trees.inSource("for i in $(seq 400); do head -c 60000 /dev/urandom > f$i; done");
    AtomicInteger asked = new AtomicInteger();
    Refusal late = new Refusal("another main acts now, epoch 8", Optional.empty());
    LinkCredentials secret = LinkedTrees.secret();
    try (LinkedTrees linked =
        LinkedTrees.serving(
            trees.target(),
            secret,
            (volume, origin) ->
                origin.epoch().orElse(0) < 8 && asked.incrementAndGet() > 20
                    ? Optional.of(late)
                    : Optional.empty())) {
      MirrorReport report = mirror(linked, true, MirrorListener.NONE);
      assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(report.refusal().orElseThrow().reason()).contains("epoch 8");
      assertThat(report.counts().created()).isLessThan(400);
      assertThatThrownBy(() -> linked.caller().push(trees.request(), MirrorListener.NONE))
          .isInstanceOf(LinkRefusedException.class)
          .hasMessageContaining("epoch 8");
      LinkedTrees acting = linked.with(linked.options().withEpoch(8));
      assertThat(mirror(acting, true, MirrorListener.NONE).outcome()).isEqualTo(Outcome.COMPLETE);
    }
  }

  @Test
  void guardsOfTheTargetHoldOverTheLinkToo() {
    trees.inTarget("printf treasure > treasure");
    try (LinkedTrees linked = linked(Way.PLAIN_PUSH)) {
      MirrorReport report = mirror(linked, true, MirrorListener.NONE);
      assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(trees.target().resolve("treasure")).exists();
    }
  }

  @Test
  void onlyWhoKnowsTheSecretOrShowsACertificateIsServed() {
    trees.inSource("printf x > x");
    try (LinkedTrees plain = linked(Way.PLAIN_PUSH);
        LinkedTrees tls = linked(Way.TLS_PUSH)) {
      assertThatThrownBy(() -> call(plain, LinkedTrees.secret()))
          .hasMessageContaining("another secret");
      assertThatThrownBy(() -> call(tls, LinkCertificates.make().trusted()))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("TLS was refused");
      assertThatThrownBy(
              () ->
                  call(
                      tls,
                      new LinkCredentials.Tls(
                          LinkCertificates.engines(CERTIFICATES.withoutCertificate()),
                          Optional.empty())))
          .isInstanceOf(UnreachableException.class);
      assertThatThrownBy(
              () ->
                  call(
                      tls,
                      new LinkCredentials.Tls(
                          LinkCertificates.engines(CERTIFICATES.context()), Optional.of("backup"))))
          .hasMessageContaining("'main', wanted that of 'backup'");
      assertThat(trees.target().toFile().list()).isEmpty();
    }
  }

  private void call(LinkedTrees linked, LinkCredentials credentials) throws Exception {
    new MirrorCaller(linked.place(TreePath.ROOT), credentials, linked.options(), LinkTimes.USUAL)
        .push(trees.request(), MirrorListener.NONE);
  }

  @Test
  void aPathBelowAVolumeIsMirroredAndNoLinkLeadsOutOfIt() throws Exception {
    trees.inSource("printf x > x");
    Files.createDirectory(folder.resolve("outside"));
    trees.inTarget("mkdir a; ln -s ../../outside a/out");
    try (LinkedTrees linked = linked(Way.PLAIN_PUSH)) {
      TreePath a = TreePath.ROOT.child(org.gemel.mirror.system.EntryName.of("a"));
      MirrorReport below = push(linked, a.child(org.gemel.mirror.system.EntryName.of("new")));
      assertThat(below.outcome()).as(below.toString()).isEqualTo(Outcome.COMPLETE);
      assertThat(trees.target().resolve("a/new/x")).hasContent("x");
      MirrorReport out = push(linked, a.child(org.gemel.mirror.system.EntryName.of("out")));
      assertThat(out.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(folder.resolve("outside")).isEmptyDirectory();
    }
  }

  private MirrorReport push(LinkedTrees linked, TreePath path) throws Exception {
    return new MirrorCaller(
            linked.place(path), linked.credentials(), linked.options(), LinkTimes.USUAL)
        .push(trees.request(), MirrorListener.NONE);
  }
}
