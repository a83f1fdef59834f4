package org.gemel.control.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gemel.control.api.BrowseStatus;
import org.gemel.control.api.DatabaseCheck;
import org.gemel.control.api.DatabaseCheck.DatabaseFinding;
import org.gemel.control.api.DatabasePreview;
import org.gemel.control.api.DatabaseStatus;
import org.gemel.control.api.DeviceStatus;
import org.gemel.control.api.Explanation;
import org.gemel.control.api.FolderHistory;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.FolderScrubStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.api.SeenAge;
import org.gemel.control.api.SideStatus;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** The parts of a facility as they look in its moments. */
final class SceneParts {
  private SceneParts() {}

  static SideStatus side(Side side, Role role, String words) {
    boolean main = role == Role.MAIN;
    Lamp lamp = main ? Lamp.GREEN : Lamp.GREY;
    return new SideStatus(
        side,
        lamp,
        role,
        words,
        new DatabaseStatus(
            side,
            "db-" + side.name().toLowerCase(java.util.Locale.ROOT),
            lamp,
            role,
            main ? "running as replication master" : "running as replication backup",
            main ? "online since 14 Mar 01:02:03" : "backup since 14 Mar 01:02:09, in sync",
            main ? 4812 : 4811,
            main ? 1229 : -1,
            main ? 1229 : 0,
            -1,
            Scenes.NOW.minusSeconds(7837)));
  }

  /** Whose count is of a while ago. */
  static SideStatus countedBefore(SideStatus side) {
    return new SideStatus(
        side.side(),
        side.lamp(),
        side.role(),
        side.words(),
        side.database().with(null, new SeenAge(40, 1, "assets as of 03:12:00, 40 s ago")));
  }

  static FolderMirrorStatus folders(@Nullable Side from) {
    boolean running = from != null;
    return new FolderMirrorStatus(
        running ? Lamp.GREEN : Lamp.GREY,
        running,
        from,
        running ? "runs on nas-x; last pass ended equal" : "stopped by the switch",
        null,
        List.of(
            new FolderMirrorStatus.Profile(
                "config",
                "every minute",
                running,
                false,
                running
                    ? new FolderMirrorStatus.Progress(
                        Scenes.NOW.minusSeconds(2), 19, 45_602, 22_801, 2L, "playout/server.xml")
                    : null,
                Scenes.NOW.minusSeconds(49),
                Scenes.NOW.minusSeconds(50),
                running ? Scenes.NOW.plusSeconds(11) : null,
                null,
                false,
                null,
                50L,
                true,
                38,
                91_204,
                "nothing to do",
                scrub()),
            new FolderMirrorStatus.Profile(
                "projects",
                "every 30 minutes",
                false,
                false,
                null,
                Scenes.NOW.minusSeconds(1_512),
                null,
                running ? Scenes.NOW.plusSeconds(288) : null,
                null,
                false,
                null,
                null,
                false,
                1_204,
                3_518_204_211L,
                "14 created, 3 updated, 1 deleted; 2 changed while they were read and come next"
                    + " time",
                null)));
  }

  private static FolderScrubStatus scrub() {
    FolderScrubStatus.Round round =
        new FolderScrubStatus.Round(
            Scenes.NOW.minusSeconds(11_000),
            Scenes.NOW.minusSeconds(10_900),
            38,
            91_204,
            0,
            0,
            0,
            0);
    return new FolderScrubStatus(
        "every 1d",
        "all content compared equal 3 h ago",
        Lamp.GREEN,
        null,
        round,
        new FolderScrubStatus.Certificate(
            "7", 38, 5, 91_204, "ab".repeat(32), round.begun(), Scenes.NOW.minusSeconds(10_900)),
        null);
  }

  /** What the folder mirror did last. */
  static DatabaseCheck blockedDatabase() {
    return new DatabaseCheck(
        Side.X,
        Scenes.NOW,
        "BLOCKED",
        "A start of the replication from X is blocked: 1 blocker, 1 warning.",
        List.of(
            new DatabaseFinding(
                "replica-identity",
                "BLOCKER",
                Side.X,
                "public.\"Log\"",
                "table public.\"Log\" without a usable key",
                "a primary key",
                "name the whole row",
                List.of("ALTER TABLE public.\"Log\" REPLICA IDENTITY FULL"),
                false),
            new DatabaseFinding(
                "workers",
                "WARNING",
                Side.Y,
                "",
                "max_logical_replication_workers = 2",
                "5",
                "set it and restart",
                List.of("ALTER SYSTEM SET max_logical_replication_workers = '9'"),
                true)));
  }

  static List<FolderHistory.Pass> folderPasses() {
    return List.of(
        pass("config", 49, "COMPLETE", "complete: the target equals the source"),
        pass("projects", 1_512, "INCOMPLETE", "2 failed, first cut 7/a.mov: changed while read"),
        pass("config", 109, "COMPLETE", "complete: the target equals the source"));
  }

  private static FolderHistory.Pass pass(
      String profile, int secondsAgo, String outcome, String words) {
    Instant ended = Scenes.NOW.minusSeconds(secondsAgo);
    return new FolderHistory.Pass(
        profile,
        Side.X,
        ended.minusSeconds(3),
        ended,
        outcome,
        outcome.equals("COMPLETE"),
        38,
        91_204,
        1,
        2,
        0,
        0,
        outcome.equals("COMPLETE") ? 0 : 2,
        4_096,
        words);
  }

  static BrowseStatus browse(@Nullable Side side, Lamp lamp) {
    String words =
        side == null
            ? "One of two services failed; active on neither side."
            : "Every service runs and points at " + side + ".";
    return new BrowseStatus(
        lamp,
        side,
        words,
        List.of(
            new BrowseStatus.Host(
                "browse-1",
                "browse-gateway",
                Lamp.GREEN,
                "running",
                side == null ? Side.Y : side,
                ""),
            new BrowseStatus.Host(
                "browse-1",
                "proxy-builder",
                lamp,
                lamp == Lamp.RED ? "failed" : "running",
                side,
                lamp == Lamp.RED ? "ended with code 3 at 03:12:31" : "")));
  }

  static List<DeviceStatus> devices(Side main) {
    List<DeviceStatus> devices = new ArrayList<>();
    for (Side side : Side.values()) {
      String letter = side.name().toLowerCase(java.util.Locale.ROOT);
      devices.add(
          device("db-" + letter, Attachment.DEDICATED, Component.DATABASE_SERVER, side, "running"));
      devices.add(
          device("nas-" + letter, Attachment.DEDICATED, Component.NAS_HEAD, side, "running"));
    }
    for (int i = 1; i <= 3; i++) {
      devices.add(
          device("edit-" + i, Attachment.SWITCHABLE, Component.EDITOR, main, "running, V opens"));
    }
    devices.add(
        device("enc-1", Attachment.SWITCHABLE, Component.ENCODER, main, "running, V opens"));
    devices.add(
        device("browse-1", Attachment.SWITCHABLE, Component.BROWSE_SERVER, main, "running"));
    return devices;
  }

  static DeviceStatus device(
      String name, Attachment attachment, Component component, Side side, String text) {
    return device(name, attachment, component, side, Lamp.GREEN, text, 0);
  }

  static DeviceStatus device(
      String name,
      Attachment attachment,
      Component component,
      @Nullable Side side,
      Lamp lamp,
      String text,
      int pending) {
    return new DeviceStatus(
        name,
        attachment,
        List.of(component),
        side,
        lamp != Lamp.UNKNOWN,
        Scenes.NOW,
        lamp,
        text,
        pending,
        List.of());
  }

  /** Main's other side inserted a row and changed one; main changed that one too. */
  private static DatabasePreview.Log log(Instant now, long keys) {
    return new DatabasePreview.Log(
        "generation", now, now, keys, 0, 0, "", keys + " rows changed since the sides parted");
  }

  static Explanation.Drops drops() {
    return new Explanation.Drops(
        "cd34", List.of("DROP TABLE public.drafts", "ALTER TABLE public.assets DROP COLUMN note"));
  }

  static DatabasePreview preview(Side main, Instant now) {
    return new DatabasePreview(
        main,
        main.other(),
        now,
        "ab12",
        "Database " + main.other() + " would lose 2 rows of its own in 1 table",
        "",
        false,
        log(now, 2),
        log(now, 4),
        List.of(
            new DatabasePreview.Table(
                "public.assets",
                1,
                1,
                0,
                3,
                "",
                now,
                now,
                List.of(
                    new DatabasePreview.Row("LOST", "{\"7\"}", now, null),
                    new DatabasePreview.Row("REPLACED", "{\"8\"}", now, now)))));
  }
}
