package org.gemel.control.kept;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.gemel.config.kept.KeptArchive;
import org.gemel.config.kept.KeptFile;
import org.gemel.config.kept.RecoveryKey;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.LedgerFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the control point's own files kept, soon after they have changed. */
public final class OwnCopies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnCopies.class);

  private final ControlFiles files;
  private final RecoveryKey key;
  private final Ledger ledger;
  private final GatheredConfigurations gathered;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("own-copies").factory());
  private List<String> kept = List.of();

  public OwnCopies(
      ControlFiles files,
      RecoveryKey key,
      Ledger ledger,
      GatheredConfigurations gathered,
      InstantSource clock) {
    this.files = files;
    this.key = key;
    this.ledger = ledger;
    this.gathered = gathered;
    this.clock = clock;
  }

  /** Looks now, and then at this interval. */
  public void start(Duration interval) {
    var unused =
        thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sealing the same twice gives other bytes, so it is the open files that are compared. */
  private void look() {
    try {
      var now = files.read(ledger);
      var digests = now.stream().map(KeptFile::digest).toList();
      if (!digests.equals(kept)) {
        gathered.own(KeptArchive.write(files.seal(now, key, clock.instant())));
        kept = digests;
      }
    } catch (IOException | LedgerFailure trouble) {
      LOG.warn("this control point's own configuration is not kept: {}", trouble.getMessage());
    } catch (RuntimeException fault) {
      LOG.error("this control point's own configuration is not kept", fault);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
