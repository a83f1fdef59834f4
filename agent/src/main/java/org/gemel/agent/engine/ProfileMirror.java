package org.gemel.agent.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.gemel.agent.configuration.ProfileSection;
import org.gemel.agent.volume.VolumeMarker;
import org.gemel.core.Side;
import org.gemel.mirror.DeletePolicy;
import org.gemel.mirror.FilterRules;
import org.gemel.mirror.FolderMirror;
import org.gemel.mirror.FolderMirrorStatus;
import org.gemel.mirror.FolderProfile;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.PassGuard;
import org.gemel.mirror.Schedule;
import org.gemel.mirror.TreeRoot;

/** The profiles of the agent's file, mirrored between the two volumes it names. */
public final class ProfileMirror implements FolderEngine {
  private final FolderMirror mirror;
  private final List<String> names;
  private final ScheduledThreadPoolExecutor executor;

  ProfileMirror(
      Map<Side, Volume> volumes,
      List<ProfileSection> profiles,
      InstantSource clock,
      PassGuard guard) {
    names = profiles.stream().map(ProfileSection::name).toList();
    // One thread that ticks and one for each pass, so that a long one holds up no other.
    executor =
        new ScheduledThreadPoolExecutor(
            profiles.size() + 1, Thread.ofPlatform().daemon().name("folder-mirror").factory());
    executor.setRemoveOnCancelPolicy(true);
    var all = new ArrayList<FolderProfile>();
    profiles.forEach(section -> all.add(profile(volumes, section)));
    mirror = new FolderMirror(all, clock, executor, guard);
  }

  private static FolderProfile profile(Map<Side, Volume> volumes, ProfileSection section) {
    return new FolderProfile(
        section.name(),
        root(volumes, Side.X, section),
        root(volumes, Side.Y, section),
        FilterRules.of(section.excludes(), section.includes()),
        section.schedule().<Schedule>map(Schedule.Every::new).orElseGet(Schedule.Manual::new),
        DeletePolicy.MIRROR,
        section.allowDelete().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        Optional.of(
            new FolderProfile.VolumeMarker(
                VolumeMarker.FILE, marker(volumes, Side.X), marker(volumes, Side.Y))));
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
  public void stop() {
    mirror.stop();
  }

  @Override
  public List<String> profiles() {
    return names;
  }

  @Override
  public MirrorReport pass(String profile, Side main, Consumer<String> stage) {
    stage.accept("mirroring " + profile);
    return mirror.runOnce(profile, main);
  }

  @Override
  public FolderMirrorStatus status() {
    return mirror.status();
  }

  @Override
  public void end() {
    mirror.close();
    executor.shutdownNow();
  }
}
