package org.gemel.agent.kept;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.gemel.agent.command.DevicePart;
import org.gemel.agent.command.Stages;
import org.gemel.config.kept.Keeping;
import org.gemel.config.kept.KeptFolder;
import org.gemel.config.kept.KeptWords;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Command.ActionCase;
import org.gemel.wire.protocol.KeepConfiguration;
import org.gemel.wire.protocol.KeptConfigurations;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the configuration of all machines on the volume of this NAS head's side, while that is
 * main; the mirror takes it to the other.
 *
 * <p>A volume may hang, so a thread of its own writes and looks, and reports say what it saw last.
 * What is not there is not reported, and the control point sends it again; so nothing here needs to
 * be remembered, and an archive that somebody deleted comes back within a minute.
 */
public final class KeptPart implements DevicePart {
  private static final Logger LOG = LoggerFactory.getLogger(KeptPart.class);
  private static final long LOOK_EVERY_SECONDS = 5;

  /**
   * A folder of this side's volume.
   *
   * @param main whether the volume is main now
   */
  public record Place(Path folder, boolean main) {}

  /** Where to keep it now. */
  public interface PlaceFinder {
    /**
     * Looks anew.
     *
     * @throws IOException in words, if the volume is not there or another is
     */
    Place find() throws IOException;
  }

  private final PlaceFinder places;
  private final Runnable changed;
  private final Map<String, KeepConfiguration> waiting = new ConcurrentHashMap<>();
  private final Semaphore came = new Semaphore(1);
  private final Thread thread;
  // Machine and words; the thread's own.
  private final SortedMap<String, String> failures = new TreeMap<>();
  private volatile @Nullable KeptConfigurations seen;

  /**
   * @param changed runs when there is something new to report
   */
  public KeptPart(PlaceFinder places, Runnable changed) {
    this.places = places;
    this.changed = changed;
    this.thread = Thread.ofPlatform().daemon().name("kept-configuration").unstarted(this::go);
  }

  public void start() {
    thread.start();
  }

  public void end() throws InterruptedException {
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(2));
  }

  /** Comes back at once; what is kept then is in the reports. */
  public void keep(KeepConfiguration configuration) {
    // Of two of one machine, the later counts; a volume that hangs lets nothing pile up.
    waiting.put(configuration.getMachine(), configuration);
    came.release();
  }

  private void go() {
    try {
      while (true) {
        var unused = came.tryAcquire(LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        came.drainPermits();
        var wanted = new TreeMap<String, byte[]>();
        for (var machine : Set.copyOf(waiting.keySet())) {
          var configuration = waiting.remove(machine);
          if (configuration != null) {
            wanted.put(machine, configuration.getArchive().toByteArray());
          }
        }
        var now = look(wanted);
        if (!Objects.equals(now, seen)) {
          seen = now;
          changed.run();
        }
      }
    } catch (InterruptedException ending) {
      LOG.debug("the agent ends");
    }
  }

  private @Nullable KeptConfigurations look(Map<String, byte[]> wanted) {
    var now = KeptConfigurations.newBuilder();
    var words = new ArrayList<String>();
    try {
      var place = places.find();
      var kept = new KeptFolder(place.folder());
      // On a backup, too: a mirror makes no folder that its target should have.
      kept.make();
      if (!place.main()) {
        failures.clear();
        return null;
      }
      wanted.forEach((machine, archive) -> put(kept, machine, archive));
      now.putAllDigests(kept.digests());
    } catch (IOException trouble) {
      words.add(KeptWords.of(trouble));
    }
    words.addAll(failures.values());
    return now.setWords(String.join("; ", words)).build();
  }

  private void put(KeptFolder kept, String machine, byte[] archive) {
    try {
      Keeping.keep(kept, machine, archive);
      failures.remove(machine);
      LOG.info("the configuration of {} is kept in {}", machine, kept.path());
    } catch (IOException trouble) {
      LOG.warn("cannot keep the configuration of {}: {}", machine, trouble.getMessage());
      failures.put(machine, KeptWords.of(trouble));
    }
  }

  @Override
  public Set<ActionCase> actions() {
    return Set.of();
  }

  @Override
  public Optional<String> lane(ActionCase action) {
    return Optional.empty();
  }

  @Override
  public Outcome.Builder perform(Command command, Stages stages) {
    throw new IllegalStateException("no command is this part's");
  }

  @Override
  public void report(Report.Builder report) {
    var now = seen;
    if (now != null) {
      report.setKept(now);
    }
  }
}
