package org.gemel.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gemel.control.api.ComparisonOrder;
import org.gemel.control.api.Operation;
import org.gemel.control.api.Refusal;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.control.status.Comparisons;
import org.gemel.control.status.ReplicationStatuses;
import org.gemel.control.steps.Catalogue;
import org.gemel.control.steps.Specs;
import org.gemel.core.Finding;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.FolderMirrorState;
import org.jspecify.annotations.Nullable;

/** Single controls, as steps. */
final class Operations {
  private Operations() {}

  /**
   * What an operation would do.
   *
   * @param overwrites the side that it overwrites; null where it overwrites none
   */
  record Planned(String title, StepSpec spec, List<String> explanation, @Nullable Side overwrites) {

    void refuseUnlessConfirmed(Operation operation) {
      if (overwrites != null && !overwrites.name().equals(operation.confirm())) {
        throw new Refusal(
            Refusal.Reason.UNSAFE,
            "found an operation that overwrites "
                + overwrites
                + " confirmed with '"
                + (operation.confirm() == null ? "" : operation.confirm())
                + "', wanted the name of that side: confirm with --confirm "
                + overwrites);
      }
    }
  }

  static Planned plan(Operation operation, Site site) {
    Reality reality = new Reality(site, 0);
    String devices = String.join(",", operation.devices());
    return switch (operation.name()) {
      case "database-set-main" -> {
        Side side = side(operation);
        boolean split = reality.role(side.other()).filter(r -> r == Role.MAIN).isPresent();
        yield split
            ? refuseSecondMain(side)
            : planned(reality, Specs.of("set-database-main", "side", side.name()), null);
      }
      case "database-set-backup" ->
          planned(reality, Specs.of("set-database-backup", "side", side(operation).name()), null);
      case "database-start" ->
          planned(
              reality,
              Specs.of(
                  "start-replication",
                  "from",
                  side(operation).name(),
                  StepSpec.APPROVED,
                  approved(operation).orElse("none"),
                  StepSpec.DROP,
                  Optional.ofNullable(operation.drop()).map(String::strip).orElse("")),
              side(operation).other());
      case "database-copy-server" ->
          planned(
              reality,
              Specs.of(
                  "copy-database-server",
                  "from",
                  side(operation).name(),
                  StepSpec.APPROVED,
                  approved(operation).orElse("none"),
                  StepSpec.SERVER,
                  Optional.ofNullable(operation.server()).map(String::strip).orElse("")),
              side(operation).other());
      case "database-rejoin" ->
          planned(
              reality,
              Specs.of(
                  "rejoin",
                  "from",
                  side(operation).name(),
                  StepSpec.APPROVED,
                  approved(operation).orElse("")),
              side(operation).other());
      case "database-stop" -> planned(reality, stop(side(operation), reality), null);
      case "database-heal" -> {
        Side main = mainDatabase(operation, reality);
        yield planned(reality, Specs.of("heal-replication", "from", main.name()), main.other());
      }
      case "database-compare" -> planned(reality, compare(operation, reality), null);
      case "database-repair" -> {
        Side backup = side(operation);
        refuseMain(reality, backup);
        yield planned(reality, Specs.of("repair-database", "from", backup.other().name()), backup);
      }
      case "browse-stop" -> planned(reality, Specs.of("stop-browse", "devices", devices), null);
      case "browse-point" ->
          planned(
              reality,
              Specs.of("point-browse", "side", side(operation).name(), "devices", devices),
              null);
      case "browse-start" -> planned(reality, Specs.of("start-browse", "devices", devices), null);
      case "devices-switch" ->
          planned(
              reality,
              Specs.of("move-devices", "to", side(operation).name(), "devices", devices),
              null);
      case "device-reboot" ->
          planned(reality, Specs.of("reboot-device", "device", oneDevice(operation)), null);
      case "folders-start" ->
          planned(
              reality,
              Specs.of("start-folder-mirror", "from", side(operation).name()),
              side(operation).other());
      case "folders-stop" ->
          planned(reality, Specs.of("stop-folder-mirror", "from", side(operation).name()), null);
      case "folders-run" ->
          planned(reality, onFolders("run-folder-pass", operation, reality), null);
      case "folders-pause" ->
          planned(reality, onFolders("pause-folders", operation, reality), null);
      case "folders-resume" ->
          planned(reality, onFolders("resume-folders", operation, reality), null);
      case "folders-verify" ->
          planned(reality, onFolders("verify-folders", operation, reality), null);
      default ->
          throw new Refusal(
              Refusal.Reason.USAGE,
              "found operation '"
                  + operation.name()
                  + "', wanted one of database-set-main, database-set-backup, database-start,"
                  + " database-rejoin, database-stop, database-heal, database-compare, database-repair,"
                  + " browse-stop, browse-point, browse-start, devices-switch,"
                  + " device-reboot, folders-start, folders-stop, folders-run, folders-pause,"
                  + " folders-resume, folders-verify");
    };
  }

  static boolean overwritesDatabase(Operation operation) {
    return List.of("database-start", "database-copy-server", "database-rejoin")
        .contains(operation.name());
  }

  /** What the operation concerns, for the audit. */
  static String words(Operation operation) {
    Side side = operation.side();
    String profile = operation.profile();
    return ((side == null ? "" : side.name())
            + " "
            + String.join(",", operation.devices())
            + (profile == null ? "" : " profile " + profile))
        .strip();
  }

  /** What concerns the folder mirror goes to the NAS head where it runs, or would. */
  private static StepSpec onFolders(String type, Operation operation, Reality reality) {
    String profile = operation.profile();
    return Specs.of(
        type,
        "from",
        mirrored(operation, reality).name(),
        "profile",
        profile == null ? "" : profile,
        "now",
        operation.now() ? "true" : "",
        "content",
        operation.content() ? "true" : "");
  }

  private static Side mirrored(Operation operation, Reality reality) {
    Side named = operation.side();
    if (named != null) {
      return named;
    }
    for (Side side : Side.values()) {
      if (reality.folderMirror(side).filter(FolderMirrorState::getRunning).isPresent()) {
        return side;
      }
    }
    List<Side> mains = reality.volumeMains();
    if (mains.size() != 1) {
      throw new Refusal(
          Refusal.Reason.NOT_READY,
          "found the folder mirror running on no side that answers, and "
              + (mains.isEmpty() ? "no volume" : "both volumes")
              + " main, wanted to know from which side it mirrors: name the side, or see `gemel"
              + " folders status`");
    }
    return mains.getFirst();
  }

  private static StepSpec compare(Operation operation, Reality reality) {
    ComparisonOrder named = operation.comparison();
    ComparisonOrder order = named == null ? ComparisonOrder.STANDARD : named;
    String main = mainDatabase(operation, reality).name();
    return order.equals(ComparisonOrder.STANDARD)
        ? Specs.of("compare-databases", "from", main)
        : Specs.of(
            "compare-databases",
            "from",
            main,
            "rows-per-second",
            Integer.toString(order.rowsPerSecond()),
            "percent-of-time",
            Integer.toString(order.percentOfTime()),
            "anew",
            Boolean.toString(order.anew()));
  }

  private static void refuseMain(Reality reality, Side side) {
    if (reality.role(side).filter(role -> role == Role.MAIN).isPresent()) {
      throw new Refusal(
          Refusal.Reason.UNSAFE,
          "found "
              + side
              + " main, wanted the backup named, whose rows are overwritten with main's: `gemel"
              + " database repair "
              + side.other()
              + "`");
    }
  }

  private static Side mainDatabase(Operation operation, Reality reality) {
    Side named = operation.side();
    if (named != null) {
      return named;
    }
    List<Side> mains = reality.mains();
    if (mains.size() != 1) {
      throw new Refusal(
          Refusal.Reason.NOT_READY,
          "found "
              + (mains.isEmpty() ? "no database" : "both databases")
              + " main, wanted one, whose backup is compared with it: see `gemel database status`");
    }
    return mains.getFirst();
  }

  /** What runs is stopped in order; of all else, the ends that answer are taken down. */
  private static StepSpec stop(Side side, Reality reality) {
    Optional<Side> from = ReplicationStatuses.runsFrom(reality);
    if (from.isPresent() && from.get() != side) {
      throw new Refusal(
          Refusal.Reason.USAGE,
          "found replication running from "
              + from.get()
              + ", wanted that side named: `gemel database stop "
              + from.get()
              + "` stops it once "
              + side
              + " has everything");
    }
    if (from.isPresent()) {
      return Specs.of("stop-replication", "from", side.name());
    }
    List<String> answering =
        Stream.of(Side.values())
            .filter(each -> reality.database(each).isPresent())
            .map(Side::name)
            .toList();
    if (answering.isEmpty()) {
      throw new Refusal(
          Refusal.Reason.NOT_READY,
          "found no answer from either database, wanted one at least, whose end can be taken down:"
              + " see `gemel database status`");
    }
    return Specs.of("end-replication", "sides", String.join(",", answering));
  }

  private static Planned refuseSecondMain(Side side) {
    throw new Refusal(
        Refusal.Reason.UNSAFE,
        "found "
            + side.other()
            + " main, wanted it backup before "
            + side
            + " is opened, for two mains part the pair: set "
            + side.other()
            + " backup, or run a split workflow");
  }

  private static Planned planned(Reality reality, StepSpec spec, @Nullable Side overwrites) {
    Step step = Catalogue.step(spec);
    List<String> explanation = new ArrayList<>();
    explanation.add(step.sentence() + ".");
    if (overwrites != null && !spec.type().equals("repair-database")) {
      explanation.add(
          "It overwrites " + overwrites + ": what only " + overwrites + " has is lost.");
    }
    if (overwrites != null && spec.type().equals("start-replication")) {
      ReplicationStatuses.unproven(reality, overwrites.other()).ifPresent(explanation::add);
    }
    if (overwrites != null && spec.type().equals("repair-database")) {
      explanation.addAll(Comparisons.wouldBeRepaired(reality, overwrites));
    }
    for (Finding finding : step.check(reality)) {
      explanation.add((finding.blocks() ? "Blocked now: " : "Note: ") + finding.words());
    }
    return new Planned(step.sentence(), spec, List.copyOf(explanation), overwrites);
  }

  private static Side side(Operation operation) {
    Side side = operation.side();
    if (side == null) {
      throw new Refusal(
          Refusal.Reason.USAGE,
          "found " + operation.name() + " without a side, wanted X or Y: name it");
    }
    return side;
  }

  private static Optional<String> approved(Operation operation) {
    return Optional.ofNullable(operation.preview()).map(String::strip).filter(h -> !h.isEmpty());
  }

  private static String oneDevice(Operation operation) {
    if (operation.devices().size() != 1) {
      throw new Refusal(
          Refusal.Reason.USAGE,
          "found " + operation.devices().size() + " devices, wanted one: name it");
    }
    return operation.devices().getFirst();
  }
}
