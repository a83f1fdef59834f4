package org.gemel.control.web;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gemel.control.api.DeviceStatus;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.FolderMirrorStatus.Profile;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.SideStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is true now, as gauges: the same as the first screen shows. What is not known has no sample,
 * so that nobody takes it for a zero.
 */
final class Metrics {
  private final List<MetricSnapshot> gauges = new ArrayList<>();
  private final PairStatus status;

  private Metrics(PairStatus status) {
    this.status = status;
  }

  static MetricSnapshots of(PairStatus status) {
    Metrics metrics = new Metrics(status);
    metrics.pair();
    metrics.devices();
    metrics.folders();
    return MetricSnapshots.of(metrics.gauges.toArray(MetricSnapshot[]::new));
  }

  private void pair() {
    Gauge main = new Gauge("gemel_side_main", "1 for the side that is main, 0 for the backup");
    Gauge lamp = new Gauge("gemel_side_lamp", "1 for the lamp's colour as the console shows it");
    Gauge lag = new Gauge("gemel_database_lag_bytes", "What the backup has not confirmed yet");
    Gauge kept =
        new Gauge("gemel_database_kept_log_bytes", "Log a database keeps for the other side");
    for (SideStatus side : List.of(status.x(), status.y())) {
      String name = word(side.side());
      if (side.role() != null) {
        main.add(word(side.role()).equals("main"), "side", name);
      }
      lamp.add(1, "side", name, "colour", word(side.lamp()));
      if (side.database().lagBytes() >= 0) {
        lag.add((double) side.database().lagBytes(), "side", name);
      }
      if (side.database().keptLogBytes() >= 0) {
        kept.add((double) side.database().keptLogBytes(), "side", name);
      }
    }
    gauges.add(main.made());
    gauges.add(lamp.made());
    gauges.add(lag.made());
    gauges.add(kept.made());
    one("gemel_replication_running", "Whether the database is replicated")
        .add(status.replication().from() != null);
    one("gemel_replication_suspect", "Whether replication is doubted although it says it runs")
        .add(status.replication().suspect() != null);
    Gauge late =
        new Gauge("gemel_database_lag_seconds", "How late a row of main is seen on the backup");
    Double lagSeconds = status.replication().lagSeconds();
    if (lagSeconds != null) {
      late.add(lagSeconds);
    }
    gauges.add(late.made());
    one("gemel_run_under_way", "Whether a workflow runs or waits").add(status.currentRun() != null);
    one("gemel_operations_pending", "Commands that devices have not answered yet")
        .add(status.pendingOperations());
    one("gemel_waiting", "How many things wait or are refused").add(status.waiting().size());
  }

  private void devices() {
    Gauge reachable = new Gauge("gemel_device_reachable", "Whether a device answers");
    Gauge heard =
        new Gauge("gemel_device_last_heard_timestamp_seconds", "When a device last reported");
    for (DeviceStatus device : status.devices()) {
      reachable.add(device.reachable(), "device", device.name());
      heard.add(device.lastHeard(), "device", device.name());
    }
    gauges.add(reachable.made());
    gauges.add(heard.made());
  }

  private void folders() {
    FolderMirrorStatus folders = status.folderMirror();
    one("gemel_folders_running", "Whether folder profiles are mirrored").add(folders.running());
    one("gemel_folders_paused", "Whether all folder profiles are paused")
        .add(folders.pausedSince() != null);
    each(
        "lag_seconds",
        "Age of the oldest change that may not be mirrored yet",
        Profile::lagSeconds);
    each("equal", "Whether the last pass left both sides equal", each -> bit(each.equal()));
    each(
        "paused", "Whether no passes begin by themselves", each -> bit(each.pausedSince() != null));
    each("following", "Whether changes are followed as they happen", each -> bit(each.following()));
    each("pass_under_way", "Whether a pass is at work", each -> bit(each.passUnderWay()));
    each("pass_waiting", "Whether a pass waits for its turn", each -> bit(each.waiting()));
    each("files", "Files of the last pass over everything", Profile::files);
    each("bytes", "Bytes of the last pass over everything", Profile::bytes);
    each(
        "last_pass_end_timestamp_seconds",
        "When the last pass ended",
        each -> seconds(each.lastPassEnded()));
    each(
        "last_success_timestamp_seconds",
        "When the last pass began that ended equal",
        each -> seconds(each.lastSuccess()));
    each(
        "pass_bytes_moved",
        "Content moved by the pass at work",
        each -> each.progress() == null ? null : each.progress().bytesMoved());
    each(
        "pass_bytes_per_second",
        "Rate of the pass at work",
        each -> each.progress() == null ? null : each.progress().bytesPerSecond());
    each(
        "pass_seconds_left",
        "What the pass at work may still take",
        each -> each.progress() == null ? null : each.progress().secondsLeft());
  }

  private interface Figure {
    @Nullable Number of(Profile profile);
  }

  private void each(String name, String help, Figure figure) {
    Gauge gauge = new Gauge("gemel_folder_" + name, help);
    for (Profile profile : status.folderMirror().profiles()) {
      Number value = figure.of(profile);
      if (value != null) {
        gauge.add(value.doubleValue(), "profile", profile.name());
      }
    }
    gauges.add(gauge.made());
  }

  private Single one(String name, String help) {
    return new Single(new Gauge(name, help));
  }

  /** A gauge of one sample. */
  private final class Single {
    private final Gauge gauge;

    Single(Gauge gauge) {
      this.gauge = gauge;
    }

    void add(boolean value) {
      add(bit(value));
    }

    void add(double value) {
      gauge.add(value);
      gauges.add(gauge.made());
    }
  }

  private static int bit(boolean value) {
    return value ? 1 : 0;
  }

  private static @Nullable Double seconds(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli() / 1000.0;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static final class Gauge {
    private final GaugeSnapshot.Builder builder;

    Gauge(String name, String help) {
      builder = GaugeSnapshot.builder().name(name).help(help);
    }

    void add(boolean value, String... labels) {
      add(bit(value), labels);
    }

    void add(@Nullable Instant at, String... labels) {
      if (at != null) {
        add(at.toEpochMilli() / 1000.0, labels);
      }
    }

    void add(double value, String... labels) {
      builder.dataPoint(
          GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
    }

    GaugeSnapshot made() {
      return builder.build();
    }
  }
}
