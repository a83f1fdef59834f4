package org.gemel.agent.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gemel.agent.configuration.FolderMirrorSection;
import org.gemel.agent.configuration.ProfileSection;
import org.gemel.agent.volume.VolumeMarker;
import org.gemel.config.DataRate;
import org.gemel.core.Side;
import org.gemel.mirror.ComparisonReport;
import org.gemel.mirror.DeletePolicy;
import org.gemel.mirror.Difference;
import org.gemel.mirror.EndedPass;
import org.gemel.mirror.EventFollower;
import org.gemel.mirror.FilterRules;
import org.gemel.mirror.FolderMirror;
import org.gemel.mirror.FolderMirrorStatus;
import org.gemel.mirror.FolderProfile;
import org.gemel.mirror.MirrorHost;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.PassGuard;
import org.gemel.mirror.Pauses;
import org.gemel.mirror.RateLimit;
import org.gemel.mirror.Schedule;
import org.gemel.mirror.ScrubPlan;
import org.gemel.mirror.TreeRoot;

/** The profiles of the agent's file, mirrored between the two volumes it names. */
public final class ProfileMirror implements FolderEngine {
  private final Map<String, FolderProfile> profiles = new LinkedHashMap<>();
  private final FolderHistory history;
  private final FolderMirror mirror;
  private final ScheduledThreadPoolExecutor executor;

  ProfileMirror(
      Map<Side, Volume> volumes,
      FolderMirrorSection section,
      ZoneId zone,
      InstantSource clock,
      PassGuard guard,
      FolderHistory history,
      Path stateFolder) {
    this.history = history;
    // One that ticks, one for each pass, so that a long one holds up no other, and one for a scrub.
    executor =
        new ScheduledThreadPoolExecutor(
            section.profiles().size() + 2,
            Thread.ofPlatform().daemon().name("folder-mirror").factory());
    executor.setRemoveOnCancelPolicy(true);
    section
        .profiles()
        .forEach(each -> profiles.put(each.name(), profile(volumes, each, zone, stateFolder)));
    mirror =
        new FolderMirror(
            List.copyOf(profiles.values()),
            MirrorHost.of(clock, executor)
                .withGuard(guard)
                .withHistory(history)
                .withFollower(new EventFollower())
                .withPassesAtOnce(section.passesAtOnce()));
  }

  private static FolderProfile profile(
      Map<Side, Volume> volumes, ProfileSection section, ZoneId zone, Path stateFolder) {
    return new FolderProfile(
        section.name(),
        root(volumes, Side.X, section),
        root(volumes, Side.Y, section),
        FilterRules.of(section.excludes(), section.includes()),
        section.schedule().map(each -> each.in(zone)).orElseGet(Schedule.Manual::new),
        DeletePolicy.MIRROR,
        section.allowDelete().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        Optional.of(
            new FolderProfile.VolumeMarker(
                VolumeMarker.FILE, marker(volumes, Side.X), marker(volumes, Side.Y))),
        index(section, stateFolder),
        RateLimit.of(section.bandwidth().map(DataRate::bytesPerSecond).orElse(0L)),
        section.streams().orElse(0),
        section.scrub().map(text -> new ScrubPlan(text, scrubFolder(section, stateFolder))));
  }

  private static Path scrubFolder(ProfileSection section, Path stateFolder) {
    return stateFolder.resolve("folder-scrub").resolve(fileName(section.name()));
  }

  /** One folder for each profile, so that several may share the one that is named. */
  private static Optional<Path> index(ProfileSection section, Path stateFolder) {
    String place = section.index().orElse(stateFolder.resolve("folder-index").toString());
    return place.equals(ProfileSection.NO_INDEX)
        ? Optional.empty()
        : Optional.of(Path.of(place).resolve(fileName(section.name())));
  }

  /** A profile may be called anything; a file may not. */
  private static String fileName(String profile) {
    return UUID.nameUUIDFromBytes(profile.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static TreeRoot root(Map<Side, Volume> volumes, Side side, ProfileSection section) {
    var top = volume(volumes, side).folder();
    return TreeRoot.of(section.folder().map(top::resolve).orElse(top).normalize());
  }

  private static Optional<String> marker(Map<Side, Volume> volumes, Side side) {
    return Optional.of(volume(volumes, side).markerText());
  }

  private static Volume volume(Map<Side, Volume> volumes, Side side) {
    var volume = volumes.get(side);
    if (volume == null) {
      throw new IllegalArgumentException("no volume for side " + side);
    }
    return volume;
  }

  @Override
  public void start(Side main) {
    mirror.start(main);
  }

  @Override
  public void resume(Side main) {
    mirror.resume(main);
  }

  @Override
  public void stop() {
    mirror.stop();
  }

  @Override
  public Pauses pauses() {
    return mirror.pauses();
  }

  @Override
  public void pause(Pauses wanted) {
    mirror.pause(wanted);
  }

  @Override
  public void endPaused() {
    mirror.endPaused();
  }

  @Override
  public List<String> profiles() {
    return List.copyOf(profiles.keySet());
  }

  @Override
  public MirrorReport pass(String profile, Side main, Consumer<String> stage) {
    stage.accept("mirroring " + profile);
    return mirror.runOnce(profile, main);
  }

  @Override
  public ComparisonReport compare(
      String profile,
      Side first,
      boolean content,
      Consumer<Difference> differences,
      BooleanSupplier stopRequested) {
    var found = profiles.get(profile);
    if (found == null) {
      throw new IllegalArgumentException("no profile " + profile);
    }
    return found.compare(first, content, differences, stopRequested);
  }

  @Override
  public List<EndedPass> history(Optional<String> profile, int limit) {
    return history.newest(profile, limit);
  }

  @Override
  public FolderMirrorStatus status() {
    return mirror.status();
  }

  @Override
  public String trouble() {
    return history.trouble();
  }

  @Override
  public void end() {
    mirror.close();
    executor.shutdownNow();
  }
}
