package org.gemel.control.steps;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.gemel.control.api.ComparisonOrder;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepSpec;
import org.gemel.core.Side;

/** Every type of step, by the name that workflows and journals use. */
public final class Catalogue {
  private static final Map<String, Function<Arguments, Step>> TYPES = new TreeMap<>();

  static {
    TYPES.put("stop-replication", a -> new StopReplication(a.side("from"), a.flag("hold")));
    TYPES.put(
        "start-replication",
        a ->
            new StartReplication(
                a.side("from"), a.textIfNamed(StepSpec.APPROVED), a.textIfNamed(StepSpec.DROP)));
    TYPES.put(
        "copy-database-server",
        a ->
            new CopyDatabaseServer(
                a.side("from"), a.textIfNamed(StepSpec.APPROVED), a.textIfNamed(StepSpec.SERVER)));
    TYPES.put("rejoin", a -> new RejoinDatabases(a.side("from"), a.textIfNamed(StepSpec.APPROVED)));
    TYPES.put("reverse-replication", a -> new ReverseReplication(a.side("from")));
    TYPES.put(
        "end-replication",
        a -> new EndReplication(a.names("sides").stream().map(Side::parse).toList()));
    TYPES.put("heal-replication", a -> new HealReplication(a.side("from")));
    TYPES.put("repair-database", a -> new RepairDatabase(a.side("from")));
    TYPES.put(
        "compare-databases",
        a ->
            new CompareDatabases(
                a.side("from"),
                new ComparisonOrder(
                    a.numberIfNamed(CompareDatabases.ROWS_PER_SECOND),
                    a.numberIfNamed(CompareDatabases.PERCENT_OF_TIME),
                    a.flag(CompareDatabases.ANEW))));
    TYPES.put("set-database-backup", a -> new SetDatabaseBackup(a.side("side")));
    TYPES.put("set-database-main", a -> new SetDatabaseMain(a.side("side"), a.flag("split")));
    TYPES.put("stop-browse", a -> new Browse.Stop(a.names("devices")));
    TYPES.put("point-browse", a -> new Browse.Point(a.names("devices"), a.side("side")));
    TYPES.put("start-browse", a -> new Browse.Start(a.names("devices"), a.sideIfNamed("side")));
    TYPES.put("stop-folder-mirror", a -> new WhereFolders(new Folders.Stop(a.side("from"))));
    TYPES.put("start-folder-mirror", a -> new WhereFolders(new Folders.Start(a.side("from"))));
    TYPES.put("run-folder-pass", a -> new Folders.Pass(a.side("from"), a.textIfNamed("profile")));
    TYPES.put(
        "pause-folders",
        a -> new FolderProfiles.Pause(a.side("from"), a.textIfNamed("profile"), a.flag("now")));
    TYPES.put(
        "resume-folders", a -> new FolderProfiles.Resume(a.side("from"), a.textIfNamed("profile")));
    TYPES.put(
        "verify-folders",
        a ->
            new FolderProfiles.Verify(a.side("from"), a.textIfNamed("profile"), a.flag("content")));
    TYPES.put("hand-over-folders", a -> new WhereFolders(new Folders.HandOver(a.side("from"))));
    TYPES.put("open-folders", a -> new WhereFolders(new Folders.Open(a.side("side"))));
    TYPES.put("release-devices", a -> new Devices.Release(a.side("from")));
    TYPES.put("move-devices", a -> new Devices.Move(a.side("to"), a.names("devices")));
    TYPES.put("reboot-device", a -> new Devices.Reboot(a.text("device")));
    TYPES.put("confirm", a -> new Confirm(a.side("overwritten")));
    TYPES.put("by-hand", a -> new ByHand(a.text("sentence")));
  }

  private Catalogue() {}

  /**
   * Makes the step that data describes.
   *
   * @throws IllegalArgumentException naming what was found and wanted, if there is no such step or
   *     an argument is missing or wrong
   */
  public static Step step(StepSpec spec) {
    Function<Arguments, Step> type = TYPES.get(spec.type());
    if (type == null) {
      throw new IllegalArgumentException(
          "found step '" + spec.type() + "', wanted one of " + String.join(", ", TYPES.keySet()));
    }
    return type.apply(new Arguments(spec));
  }

  private record Arguments(StepSpec spec) {
    Side side(String name) {
      return Side.parse(text(name));
    }

    Optional<Side> sideIfNamed(String name) {
      return Optional.ofNullable(spec.arguments().get(name)).map(Side::parse);
    }

    boolean flag(String name) {
      return Boolean.parseBoolean(spec.arguments().getOrDefault(name, "false"));
    }

    List<String> names(String name) {
      String names = spec.arguments().getOrDefault(name, "");
      return names.isBlank() ? List.of() : List.of(names.strip().split("\\s*,\\s*", -1));
    }

    int numberIfNamed(String name) {
      return Integer.parseInt(spec.arguments().getOrDefault(name, "0"));
    }

    String textIfNamed(String name) {
      return spec.arguments().getOrDefault(name, "");
    }

    String text(String name) {
      String value = spec.arguments().get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "found step '"
                + spec.type()
                + "' with "
                + spec.arguments()
                + ", wanted the argument '"
                + name
                + "'");
      }
      return value;
    }
  }
}
