package org.gemel.control.kept;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gemel.config.kept.KeptArchive;
import org.gemel.config.kept.KeptMachine;
import org.gemel.wire.protocol.KeepConfiguration;
import org.gemel.wire.protocol.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each machine said last of its configuration, and what a NAS head lacks of that.
 *
 * <p>Nothing of it is remembered over a restart: every device tells its own again on the next
 * welcome, and each report of a NAS head says what lies on its volume. What is not known here (a
 * device that has not come back yet) is left as it lies there.
 */
public final class GatheredConfigurations {
  private static final Logger LOG = LoggerFactory.getLogger(GatheredConfigurations.class);
  private static final Duration SENT_AGAIN_AFTER = Duration.ofSeconds(30);

  /** What the site's devices are. */
  public interface Devices {
    /** Whether it is a NAS head: nobody else is sent what others are configured by. */
    boolean keeps(String device);

    /** Whether there is such a machine; one that was removed is not kept any longer. */
    boolean isKnown(String machine);
  }

  private record Gathered(ByteString archive, String digest) {}

  private record Sent(String digest, Instant at) {}

  private final InstantSource clock;
  private final Devices devices;
  private final Map<String, Gathered> machines = new ConcurrentHashMap<>();
  private final Map<String, Sent> sent = new ConcurrentHashMap<>();

  public GatheredConfigurations(InstantSource clock, Devices devices) {
    this.clock = clock;
    this.devices = devices;
  }

  /** A device has told its own. That of another, or one that is not whole, is not taken. */
  public void told(String device, ByteString archive) {
    try {
      if (device.equals(KeptMachine.CONTROL_POINT)) {
        throw new IOException("found a device of the name that control points keep theirs under");
      }
      var machine = KeptArchive.read(archive.toByteArray(), "what it sent").machine();
      if (!machine.equals(device)) {
        throw new IOException("found that of '" + machine + "', wanted its own");
      }
      gather(device, archive);
    } catch (IOException refused) {
      LOG.warn("the configuration of device {} is not kept: {}", device, refused.getMessage());
    }
  }

  /** The control point's own. */
  void own(byte[] archive) {
    gather(KeptMachine.CONTROL_POINT, ByteString.copyFrom(archive));
  }

  private void gather(String machine, ByteString archive) {
    machines.put(machine, new Gathered(archive, KeptArchive.digest(archive.toByteArray())));
  }

  /** What a device that has reported is to keep and does not. */
  public List<KeepConfiguration> missing(String device, Report report) {
    if (!report.hasKept() || !devices.keeps(device)) {
      return List.of();
    }
    var there = report.getKept().getDigestsMap();
    var missing = new ArrayList<KeepConfiguration>();
    machines.forEach(
        (machine, gathered) -> {
          var what = device + "/" + machine;
          if (!machine.equals(KeptMachine.CONTROL_POINT) && !devices.isKnown(machine)) {
            return;
          }
          if (gathered.digest().equals(there.get(machine))) {
            sent.remove(what);
          } else if (isDue(what, gathered.digest())) {
            missing.add(
                KeepConfiguration.newBuilder()
                    .setMachine(machine)
                    .setArchive(gathered.archive())
                    .build());
          }
        });
    return missing;
  }

  /** Reports come each second; writing may take longer, or fail for a while. */
  private boolean isDue(String what, String digest) {
    var now = clock.instant();
    var before = sent.get(what);
    if (before != null
        && before.digest().equals(digest)
        && now.isBefore(before.at().plus(SENT_AGAIN_AFTER))) {
      return false;
    }
    sent.put(what, new Sent(digest, now));
    return true;
  }
}
