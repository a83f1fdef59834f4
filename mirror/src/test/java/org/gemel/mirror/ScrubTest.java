package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rot that no pass sees is found on the next round, repaired, and the round after certifies. */
@Tag("B-24")
final class ScrubTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final Path folder;
  private final Trees trees;
  private final Heard heard = new Heard();
  private Instant now = Instant.now().plus(Duration.ofHours(1));

  ScrubTest(@TempDir Path folder) {
    this.folder = folder;
    trees = Trees.in(folder);
    trees.inSource(
        """
        mkdir -p a/deep b $'odd\\nname'; head -c 3000000 /dev/urandom > a/large; printf one > a/one
        printf two > a/deep/two; printf three > b/three; printf four > $'odd\\nname/four'
        ln b/three b/also; ln -s x link; : > empty
        """);
    trees.mirrorAndProve();
  }

  @Test
  void rotIsFoundRepairedAndTheNextRoundCertifies() {
    flip("a/large", 2_500_000);
    flip("a/deep/two", 1);
    assertThat(trees.mirror().counts().changedAnything()).as("no pass sees it").isFalse();
    Scrub scrub = scrub(Optional.empty());
    round(scrub);
    assertThat(heard.lines())
        .containsExactlyInAnyOrder("content differs: a/large", "content differs: a/deep/two");
    assertThat(heard.certificates).isEmpty();
    assertThat(repair()).containsExactlyInAnyOrder("update a/large", "update a/deep/two");
    heard.differences.clear();
    assertThat(scrub.step(now)).as("a week from begin to begin").isAfter(now);
    now = now.plus(WEEK);
    round(scrub);
    assertThat(heard.differences).isEmpty();
    EqualityCertificate certificate = heard.certificates.getFirst();
    assertThat(certificate.basis()).isEqualTo(EqualityCertificate.Basis.SCRUB);
    assertThat(certificate.epoch()).contains("7");
    assertThat(certificate.bytesRead()).isEqualTo(certificate.bytes());
    assertThat(certificate.unread()).isZero();
    trees.proveEqual();
  }

  @Test
  void whatChangedLatelyIsLeftToTheMirror() {
    flip("a/one", 1);
    trees.inSource("printf new > new");
    trees.inTarget("printf foreign > foreign");
    now = Instant.now();
    round(scrub(Optional.empty()));
    assertThat(heard.differences).isEmpty();
    assertThat(heard.rounds.getFirst().unread()).isPositive();
  }

  @Test
  void foreignChangesAreFoundThoughMainDidNotChange() {
    trees.inTarget("printf foreign > a/foreign; rm a/one; chmod 600 b/three; rm -r $'odd\\nname'");
    round(scrub(Optional.empty()));
    assertThat(heard.lines())
        .contains("only in B: a/foreign", "only in A: a/one", "only in A: odd\\nname")
        .contains("mode differs: b/three", "mode differs: b/also");
    assertThat(repair()).contains("delete a/foreign", "create a/one");
    trees.proveEqual();
  }

  @Test
  void namesOfOneRottenFileComeTogetherAndAreRepaired() {
    flip("b/three", 2);
    round(scrub(Optional.empty()));
    assertThat(heard.calls).isEqualTo(1);
    assertThat(heard.lines())
        .containsExactlyInAnyOrder("content differs: b/three", "content differs: b/also");
    assertThat(repair()).isNotEmpty();
    trees.proveEqual();
  }

  @Test
  void itKeepsToItsRate() {
    Instant begun = now;
    round(scrub(Optional.empty()));
    long bytes = heard.rounds.getFirst().bytes();
    assertThat(bytes).isGreaterThan(3_000_000);
    // Both sides are read; a tenth of a second was saved up.
    long least = 2 * bytes * 1000 / 1_000_000 - 200;
    assertThat(Duration.between(begun, now).toMillis()).isBetween(least, least + 1000);
  }

  @Test
  void aRestartGoesOnWhereItWas() throws Exception {
    trees.inSource(
        "for i in $(seq 1000); do printf $i > b/$i; done; mkdir c; printf last > c/last");
    trees.mirrorAndProve();
    now = Instant.now().plus(Duration.ofHours(1));
    ScrubStateFile file = new ScrubStateFile(folder.resolve("scrub.json"));
    assertThat(file.load()).isEmpty();
    Scrub scrub = scrub(Optional.empty());
    while (scrub.state().map(ScrubState::files).orElse(0L) < 300) {
      now = scrub.step(now);
    }
    file.save(scrub.state().orElseThrow());
    flip("c/last", 1);
    ScrubState saved = file.load().orElseThrow();
    Scrub again = scrub(Optional.of(saved));
    round(again);
    assertThat(heard.lines()).containsExactly("content differs: c/last");
    assertThat(heard.rounds.getFirst().files()).as("each file once").isEqualTo(1007);
    Files.writeString(folder.resolve("scrub.json"), "{\"at\": \"zz\"}");
    assertThat(file.load()).as("a damaged place is no place").isEmpty();
  }

  @Test
  void aVolumeThatIsNotThereIsNoDifference() throws Exception {
    Scrub scrub = scrub(Optional.empty());
    now = scrub.step(now);
    Files.move(trees.target(), folder.resolve("elsewhere"));
    now = now.plus(WEEK);
    assertThat(scrub.step(now)).isAfter(now);
    Files.createDirectory(trees.target());
    assertThat(scrub.step(now)).isAfterOrEqualTo(now);
    assertThat(heard.differences).isEmpty();
    assertThat(heard.failures).isNotEmpty();
  }

  @Test
  void withoutItsMarkerAVolumeIsNotJudgedEvenAtTheFirstStep() throws Exception {
    Files.writeString(trees.source().resolve(".volume"), "main");
    trees.inTarget("rm -rf a b");
    Marker marker = new Marker(".volume", Optional.empty(), Optional.empty());
    Scrub scrub = scrub(Optional.empty(), Optional.of(marker));
    assertThat(scrub.step(now)).isAfter(now);
    assertThat(heard.differences).isEmpty();
    assertThat(heard.failures.getFirst().reason()).contains("marker");
    Files.writeString(trees.target().resolve(".volume"), "backup");
    now = now.plus(Duration.ofHours(1));
    round(scrub);
    assertThat(heard.lines()).contains("only in A: a").noneMatch(line -> line.contains(".volume"));
  }

  private Scrub scrub(Optional<ScrubState> from) {
    return scrub(from, Optional.empty());
  }

  private Scrub scrub(Optional<ScrubState> from, Optional<Marker> marker) {
    ScrubOptions options =
        new ScrubOptions(
            TreeRoot.of(trees.source()),
            TreeRoot.of(trees.target()),
            FilterRules.NONE,
            marker,
            WEEK,
            1_000_000,
            ScrubOptions.USUAL_SETTLED);
    return new Scrub(options, from, Optional.of("7"), heard);
  }

  private void round(Scrub scrub) {
    int rounds = heard.rounds.size();
    while (heard.rounds.size() == rounds) {
      now = scrub.step(now);
    }
  }

  /** An ordinary pass that does not believe what was found; its changes. */
  private List<String> repair() {
    List<String> changes = new ArrayList<>();
    Suspects suspects = Suspects.of(heard.differences.stream().map(Difference::path).toList());
    MirrorReport report =
        TreeMirror.run(
            trees.request(),
            suspects,
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                changes.add(change.line());
              }
            });
    assertThat(report.outcome()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    return changes;
  }

  /** Another byte under the same size and time. */
  private void flip(String file, int offset) {
    Shell.run(
        trees.target(),
        """
        t=$(stat -c %y "$1"); b=$(od -An -tu1 -j$2 -N1 "$1")
        printf "\\\\$(printf %o $((b ^ 1)))" | dd of="$1" bs=1 seek=$2 conv=notrunc 2>&1
        touch -d "$t" "$1"
        """,
        file,
        Integer.toString(offset));
  }

  private static final class Heard implements ScrubListener {
    private final List<Difference> differences = new ArrayList<>();
    private final List<ScrubState> rounds = new ArrayList<>();
    private final List<EqualityCertificate> certificates = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private int calls;

    private List<String> lines() {
      return differences.stream().map(Difference::line).toList();
    }

    @Override
    public void differ(List<Difference> found) {
      calls++;
      differences.addAll(found);
    }

    @Override
    public void roundEnded(ScrubState round) {
      rounds.add(round);
    }

    @Override
    public void certified(EqualityCertificate certificate) {
      certificates.add(certificate);
    }

    @Override
    public void failed(Failure failure) {
      failures.add(failure);
    }
  }
}
