package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.core.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile whose content is read through while it is mirrored; time is stepped by hand. */
@Tag("B-24")
final class ProfileScrubTest {
  private final Instant begun = Instant.now().plus(Duration.ofHours(1));
  private static final int PIECE = 4 * 1024 * 1024;

  private final AtomicReference<Instant> now = new AtomicReference<>(begun);
  private final HandExecutor executor = new HandExecutor();
  private final List<EndedPass> history = new ArrayList<>();
  @TempDir private Path folder;
  private Optional<Refusal> refusal = Optional.empty();
  private Optional<Refusal> refusalNow = Optional.empty();
  private FolderMirror mirror;

  @BeforeEach
  void aMirroredProfile() throws Exception {
    for (String side : List.of("x", "y")) {
      Files.createDirectories(folder.resolve(side).resolve("a"));
      Files.createDirectories(folder.resolve(side).resolve("z"));
    }
    Files.write(folder.resolve("x/a/large"), new byte[2 * PIECE]);
    Files.writeString(folder.resolve("x/b"), "one");
    Files.writeString(folder.resolve("x/z/c"), "two");
    mirror = mirror();
    begin();
  }

  private FolderMirror mirror() {
    FolderProfile profile =
        FolderProfile.of(
                "wip",
                TreeRoot.of(folder.resolve("x")),
                TreeRoot.of(folder.resolve("y")),
                new Schedule.Every(Duration.ofHours(6)))
            .withScrub(
                new ScrubPlan(
                    ScrubText.parse("every 24h, at most 1MiB/s"), folder.resolve("kept")));
    return new FolderMirror(
        List.of(profile),
        MirrorHost.of(now::get, executor)
            .withGuard(
                new PassGuard() {
                  @Override
                  public Optional<Refusal> refusal(Side main) {
                    return refusal;
                  }

                  @Override
                  public Optional<Refusal> refusalNow(Side main) {
                    return refusalNow.or(() -> refusal);
                  }

                  @Override
                  public Optional<String> epoch(Side main) {
                    return Optional.of("7");
                  }
                })
            .withHistory(
                new PassHistory() {
                  @Override
                  public void ended(EndedPass pass) {
                    history.add(pass);
                  }

                  @Override
                  public Optional<EndedPass> lastComplete(String profile, Side from) {
                    return history.stream().filter(EndedPass::equal).reduce((_, later) -> later);
                  }
                }));
  }

  @AfterEach
  void end() {
    mirror.close();
    executor.shutdownNow();
  }

  @Test
  void allContentIsReadOnceADayAndEqualityIsCertified() throws Exception {
    assertThat(scrub().last()).isEmpty();
    untilEnded();
    ScrubRound round = scrub().last().orElseThrow();
    assertThat(round.files()).isEqualTo(3);
    assertThat(round.bytes()).isEqualTo(2L * PIECE + 6);
    assertThat(round.differing()).isZero();
    assertThat(Duration.between(round.begun(), round.ended().orElseThrow()))
        .as("16 MiB at 1 MiB a second")
        .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(20));
    EqualityCertificate certificate = scrub().certificate().orElseThrow();
    assertThat(certificate.epoch()).contains("7");
    assertThat(certificate.files()).isEqualTo(3);
    assertThat(CertificateFile.read(folder.resolve("kept/from-X/certificate.json")))
        .isEqualTo(certificate);
    Instant first = round.begun();
    later(Duration.ofHours(5));
    assertThat(scrub().current()).as("not before a day has passed").isEmpty();
    later(Duration.ofHours(19));
    untilEnded();
    assertThat(scrub().last().orElseThrow().begun())
        .isAfterOrEqualTo(first.plus(Duration.ofDays(1)));
  }

  @Test
  void aFlippedByteOnTheBackupIsRepairedAndTold() throws Exception {
    flip("a/large", PIECE + 5);
    flip("b", 1);
    untilEnded();
    ScrubRound round = scrub().last().orElseThrow();
    assertThat(round.differing()).isEqualTo(2);
    assertThat(round.repaired()).isEqualTo(2);
    assertThat(scrub().certificate()).as("the next round certifies").isEmpty();
    assertThat(scrub().trouble()).isEmpty();
    assertThat(Files.mismatch(folder.resolve("x/a/large"), folder.resolve("y/a/large")))
        .isEqualTo(-1);
    assertThat(folder.resolve("y/b")).hasContent("one");
    assertThat(repairs())
        .allMatch(EndedPass::equal)
        .anyMatch(pass -> pass.words().contains("content differs: b"))
        .allMatch(pass -> pass.words().endsWith("; repaired"));
    assertThat(mirror.status().profiles().getFirst().lastFailure()).isEmpty();
    later(Duration.ofDays(1));
    untilEnded();
    assertThat(scrub().certificate()).isPresent();
  }

  @Test
  void whatTheNextPassIsToMirrorIsNoDifference() throws Exception {
    mirror.stop();
    now.set(Instant.now());
    mirror.start(Side.X);
    later(Duration.ZERO);
    assertThat(history).hasSize(2);
    Files.writeString(folder.resolve("x/b"), "new");
    Files.writeString(folder.resolve("x/new"), "new");
    // Long ago, but since the last pass; the next one comes hours later.
    later(Duration.ofHours(1));
    while (scrub().last().isEmpty()) {
      later(Duration.ofSeconds(1));
    }
    assertThat(history).hasSize(2);
    assertThat(scrub().last().orElseThrow().differing()).isZero();
    assertThat(scrub().last().orElseThrow().unread()).isPositive();
    assertThat(repairs()).isEmpty();
    assertThat(folder.resolve("y/b")).hasContent("one");
  }

  @Test
  void aPausedProfileIsNotReadAndAStoppedMirrorNeither() throws Exception {
    mirror.pause(Pauses.NONE.with(Optional.of("wip"), now.get()));
    mirror.endPaused();
    flip("b", 1);
    later(Duration.ofHours(2));
    assertThat(scrub().current()).isEmpty();
    mirror.stop();
    later(Duration.ofHours(2));
    assertThat(scrub().current()).isEmpty();
    assertThat(folder.resolve("y/b")).content().isNotEqualTo("one");
  }

  @Test
  void aRestartGoesOnWhereItWas() throws Exception {
    while (scrub().current().map(ScrubRound::bytes).orElse(0L) < PIECE) {
      later(Duration.ofSeconds(11));
    }
    Instant roundBegun = scrub().current().orElseThrow().begun();
    mirror.close();
    flip("z/c", 1);
    mirror = mirror();
    mirror.resume(Side.X);
    assertThat(scrub().current().orElseThrow().begun()).isEqualTo(roundBegun);
    untilEnded();
    ScrubRound round = scrub().last().orElseThrow();
    assertThat(round.begun()).isEqualTo(roundBegun);
    assertThat(round.differing()).isEqualTo(1);
    assertThat(folder.resolve("y/z/c")).hasContent("two");
    mirror.close();
    mirror = mirror();
    mirror.resume(Side.X);
    assertThat(scrub().last()).as("what was found is remembered").contains(round);
  }

  @Test
  void withoutTheRightToWriteNothingIsReadAndAfterwardsItIs() throws Exception {
    flip("b", 1);
    var before = refusal;
    refusal = Optional.of(new Refusal("the roles moved on", Optional.empty()));
    later(Duration.ofMinutes(2));
    assertThat(scrub().current()).as("without a right to write nothing is read").isEmpty();
    refusal = before;
    untilEnded();
    assertThat(folder.resolve("y/b")).hasContent("one");
  }

  @Test
  void aRefusedRepairIsSaidTriedAgainAndToldOnce() throws Exception {
    flip("b", 1);
    refusalNow = Optional.of(new Refusal("the target's volume is another", Optional.empty()));
    while (scrub().trouble().isEmpty()) {
      later(Duration.ofSeconds(10));
    }
    later(Duration.ofMinutes(2));
    later(Duration.ofMinutes(2));
    assertThat(scrub().trouble().orElseThrow())
        .isEqualTo("1 found to differ are not repaired: the target's volume is another");
    assertThat(scrub().current().orElseThrow().repaired()).isZero();
    assertThat(repairs()).hasSize(1);
    assertThat(folder.resolve("y/b")).content().isNotEqualTo("one");
    refusalNow = Optional.empty();
    later(Duration.ofMinutes(2));
    assertThat(folder.resolve("y/b")).hasContent("one");
    untilEnded();
    assertThat(scrub().last().orElseThrow().repaired()).isEqualTo(1);
    assertThat(scrub().trouble()).isEmpty();
  }

  private void begin() {
    mirror.start(Side.X);
    mirror.step(now.get());
    executor.runAll();
    assertThat(history).hasSize(1).allMatch(EndedPass::equal);
  }

  private void later(Duration time) {
    now.updateAndGet(at -> at.plus(time));
    mirror.step(now.get());
    executor.runAll();
    mirror.step(now.get());
    executor.runAll();
  }

  private void untilEnded() {
    Instant before = scrub().last().map(ScrubRound::begun).orElse(Instant.MIN);
    while (scrub().last().map(ScrubRound::begun).orElse(Instant.MIN).equals(before)) {
      later(Duration.ofSeconds(1));
    }
  }

  private ScrubStatus scrub() {
    return mirror.status().profiles().getFirst().scrub().orElseThrow();
  }

  private List<EndedPass> repairs() {
    return history.stream().filter(pass -> pass.scrubbed().isPresent()).toList();
  }

  /** Another byte under the same size and time. */
  private void flip(String name, int offset) throws Exception {
    Path file = folder.resolve("y").resolve(name);
    FileTime time = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[offset] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }
}
