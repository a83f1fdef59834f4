package org.gemel.agent.engine;

import static org.gemel.agent.command.Outcomes.done;
import static org.gemel.agent.command.Outcomes.failed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.gemel.agent.command.DevicePart;
import org.gemel.agent.command.FreshReading;
import org.gemel.agent.command.Outcomes;
import org.gemel.agent.command.Stages;
import org.gemel.agent.configuration.FolderMirrorSection;
import org.gemel.agent.kept.KeptPart;
import org.gemel.agent.volume.RoleMark;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.mirror.MirrorReport;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Command.ActionCase;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.MarkVolume;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.ReadFolderHistory;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.RunFolderPass;
import org.gemel.wire.protocol.StartFolderMirror;
import org.gemel.wire.protocol.VolumeState;

/**
 * The folder mirror of a NAS head, and the mark on its volume.
 *
 * <p>A volume that is marked backup here stops being mirrored from before the mark is written, so
 * no pass of this NAS head is at work when its side is no longer main. The marks on both volumes
 * guard every pass besides.
 */
public final class FolderPart implements DevicePart {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Volume own;
  private final FolderEngine engine;
  private final RoleGuard guard;
  private final WantedMirror wanted;
  private final InstantSource clock;
  private final FolderPauses pauses;
  private final FolderVerification verification;
  private final FreshReading<VolumeState> reading;
  private final AtomicLong stops = new AtomicLong();
  private volatile String trouble = "";

  private FolderPart(
      Volume own,
      Volume other,
      FolderEngine engine,
      RoleGuard guard,
      Path stateFolder,
      InstantSource clock) {
    this.own = own;
    this.engine = engine;
    this.guard = guard;
    this.wanted = new WantedMirror(stateFolder);
    this.clock = clock;
    this.pauses = new FolderPauses(engine, stateFolder, clock);
    this.verification = new FolderVerification(own, other, engine);
    this.reading = new FreshReading<>("volume-status", this::readVolume);
  }

  /**
   * The folder mirror an agent's file describes; stopped until {@link #resume}.
   *
   * @param zone whose clock the times of day in schedules mean
   */
  public static FolderPart of(
      FolderMirrorSection section, Path stateFolder, ZoneId zone, InstantSource clock) {
    var volumes = new HashMap<Side, Volume>();
    section
        .volumes()
        .forEach(
            (side, place) -> volumes.put(side, new Volume(side, place.folder(), place.volume())));
    var own = volumes.get(section.side());
    var other = volumes.get(section.side().other());
    if (own == null || other == null) {
      throw new IllegalArgumentException("a folder mirror has two volumes");
    }
    var guard = new RoleGuard(own, other);
    var engine =
        new ProfileMirror(
            volumes, section, zone, clock, guard, new FolderHistory(stateFolder), stateFolder);
    return new FolderPart(own, other, engine, guard, stateFolder, clock);
  }

  /** A folder at the top of this side's volume, once the volume is proven. */
  public KeptPart.PlaceFinder topFolder(Path name) {
    return () ->
        new KeptPart.Place(
            own.folder().resolve(name),
            own.role().map(mark -> mark.role() == Role.MAIN).orElse(false));
  }

  /** Goes on if it ran before the agent ended; what was paused then still is. */
  public void resume() {
    try {
      pauses.restore();
      wanted.read().ifPresent(before -> engine.resume(before.from()));
    } catch (IOException unknown) {
      trouble =
          "found no way to know whether the mirror ran before ("
              + unknown.getMessage()
              + "), wanted to go on with it: start it again";
    }
  }

  /** Ends passes at work; what is wanted stays. */
  public void end() {
    engine.end();
  }

  @Override
  public Set<ActionCase> actions() {
    return Set.of(
        ActionCase.START_FOLDER_MIRROR,
        ActionCase.STOP_FOLDER_MIRROR,
        ActionCase.PAUSE_FOLDERS,
        ActionCase.RESUME_FOLDERS,
        ActionCase.RUN_FOLDER_PASS,
        ActionCase.VERIFY_FOLDERS,
        ActionCase.READ_FOLDER_HISTORY,
        ActionCase.MARK_VOLUME);
  }

  /** A pass or a comparison may last hours, and must not stand in the way of ending passes. */
  @Override
  public Optional<String> lane(ActionCase action) {
    return switch (action) {
      case READ_FOLDER_HISTORY -> Optional.empty();
      case RUN_FOLDER_PASS -> Optional.of("folder-pass");
      case VERIFY_FOLDERS -> Optional.of("folder-verify");
      default -> Optional.of("folders");
    };
  }

  @Override
  public Outcome.Builder perform(Command command, Stages stages) throws InterruptedException {
    try {
      return switch (command.getActionCase()) {
        case START_FOLDER_MIRROR -> start(command.getStartFolderMirror());
        case STOP_FOLDER_MIRROR -> {
          stages.at("stop pending");
          stop();
          yield done("The folder mirror is stopped, and no pass is at work.");
        }
        case PAUSE_FOLDERS -> pauses.pause(command.getPauseFolders());
        case RESUME_FOLDERS -> pauses.resume(command.getResumeFolders());
        case RUN_FOLDER_PASS -> pass(command.getRunFolderPass(), stages);
        case VERIFY_FOLDERS -> verification.verify(command.getVerifyFolders(), stages);
        case READ_FOLDER_HISTORY -> history(command.getReadFolderHistory());
        case MARK_VOLUME -> mark(command.getMarkVolume());
        default -> throw new IllegalArgumentException("not of the folders: " + command);
      };
    } catch (IOException e) {
      return failed(
          "found an error of the disk ("
              + e.getMessage()
              + "), wanted this remembered: mend it and retry");
    }
  }

  private Outcome.Builder start(StartFolderMirror order) throws IOException {
    var refusal = refusal(WireSides.fromWire(order.getFrom()), order.getRoleEpoch());
    if (refusal.isPresent()) {
      return failed(refusal.get());
    }
    pauses.clear();
    wanted.running(own.side(), order.getRoleEpoch());
    engine.start(own.side());
    trouble = "";
    return done("The folder mirror runs from " + own.side() + ".");
  }

  private void stop() throws IOException {
    stops.incrementAndGet();
    wanted.stopped();
    engine.stop();
    trouble = "";
  }

  private Outcome.Builder mark(MarkVolume order) throws IOException {
    var role = WireSides.fromWire(order.getRole());
    if (role.isEmpty()) {
      return failed("found no role for the volume, wanted main or backup: name it");
    }
    if (role.get() == Role.BACKUP) {
      stop();
    }
    var answer = own.mark(role.get(), order.getRoleEpoch());
    guard.forget();
    return Outcomes.of(answer);
  }

  private Outcome.Builder pass(RunFolderPass order, Stages stages) {
    var refusal = refusal(WireSides.fromWire(order.getFrom()), order.getRoleEpoch());
    if (refusal.isPresent()) {
      return failed(refusal.get());
    }
    long before = stops.get();
    List<FolderPass> passes = new ArrayList<>();
    var named = FolderPauses.named(order.getProfile());
    var unknown = named.flatMap(each -> unknownProfile(engine, each));
    if (unknown.isPresent()) {
      return failed(unknown.get());
    }
    var names = named.map(List::of).orElseGet(engine::profiles);
    for (int index = 0; index < names.size(); index++) {
      if (stops.get() != before) {
        return failed("found the mirror stopped during the pass, wanted it whole: run it again");
      }
      double fraction = (double) index / names.size();
      var begun = clock.instant();
      var report = engine.pass(names.get(index), own.side(), stage -> stages.at(stage, fraction));
      passes.add(FolderStates.of(names.get(index), own.side(), begun, report));
      if (report.outcome() == MirrorReport.Outcome.REFUSED
          || report.outcome() == MirrorReport.Outcome.STOPPED) {
        return failed(names.get(index) + ": " + report.summary()).setPass(sum(passes));
      }
    }
    var sum = sum(passes);
    return done(sum.getEqual()
            ? "Volume %s equalled %s when each pass ended."
                .formatted(own.side().other(), own.side())
            : sum.getWords())
        .setPass(sum);
  }

  private Outcome.Builder history(ReadFolderHistory order) {
    int limit = Math.clamp(order.getLimit(), 1, FolderHistory.KEPT);
    var passes = engine.history(FolderPauses.named(order.getProfile()), limit);
    return done(passes.size() + " passes.")
        .addAllHistory(passes.stream().map(FolderStates::of).toList());
  }

  /** Why there is no such profile; empty if there is. */
  static Optional<String> unknownProfile(FolderEngine engine, String profile) {
    return engine.profiles().contains(profile)
        ? Optional.empty()
        : Optional.of(
            "found no profile '%s', wanted one of %s: name it as in the agent's file"
                .formatted(profile, String.join(", ", engine.profiles())));
  }

  private static FolderPass sum(List<FolderPass> passes) {
    return passes.stream().reduce(FolderStates::add).orElseGet(FolderPass::getDefaultInstance);
  }

  private Optional<String> refusal(Optional<Side> from, long epoch) {
    if (from.isEmpty()) {
      return Optional.of("found no side to mirror from, wanted X or Y: name it");
    }
    guard.forget();
    return guard.words(from.get()).or(() -> outOfDate(epoch));
  }

  private Optional<String> outOfDate(long epoch) {
    try {
      return own.role()
          .map(RoleMark::epoch)
          .filter(known -> Long.compareUnsigned(known, epoch) > 0)
          .map(
              known ->
                  "found a command of role change %d, wanted one of %d or later: this change is out of date"
                      .formatted(epoch, known));
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void report(Report.Builder report) throws InterruptedException {
    report.setFolderMirror(
        FolderStates.of(engine.status()).setWords(trouble.isEmpty() ? engine.trouble() : trouble));
    report.setVolume(
        reading
            .read(PATIENCE)
            .orElseGet(
                () ->
                    unreachable(
                        "found no answer of the volume within "
                            + PATIENCE.toMillis()
                            + " ms, wanted it open: see whether it hangs")));
  }

  private VolumeState readVolume() {
    try {
      var state =
          VolumeState.newBuilder()
              .setSide(WireSides.toWire(own.side()))
              .setVolume(own.prove().volume())
              .setReachable(true);
      own.role()
          .ifPresent(
              role -> state.setRole(WireSides.toWire(role.role())).setRoleEpoch(role.epoch()));
      return state.build();
    } catch (IOException e) {
      return unreachable(String.valueOf(e.getMessage()));
    }
  }

  private VolumeState unreachable(String words) {
    return VolumeState.newBuilder()
        .setSide(WireSides.toWire(own.side()))
        .setReachable(false)
        .setWords(words)
        .build();
  }
}
