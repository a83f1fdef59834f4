package org.gemel.agent.engine;

import static org.gemel.agent.command.Outcomes.done;
import static org.gemel.agent.command.Outcomes.failed;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.gemel.agent.command.DevicePart;
import org.gemel.agent.command.Stages;
import org.gemel.agent.configuration.DatabaseSection;
import org.gemel.agent.configuration.PhysicalSection;
import org.gemel.core.Side;
import org.gemel.database.DatabaseFailure;
import org.gemel.database.ServerCopy;
import org.gemel.database.physical.PhysicalSettings;
import org.gemel.database.physical.PhysicalStart;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Command.ActionCase;
import org.gemel.wire.protocol.CopyServer;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;

/**
 * The database server of this host as a whole. It may be replaced only where the agent's file says
 * how. What a start that was cut off left is put right when the agent begins, by itself, since the
 * server may be down since then; where that fails it is tried again, main being away perhaps.
 *
 * <p>It has no lane: a stop need not wait for hours of copying, which it ends.
 */
public final class PhysicalPart implements DevicePart {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Side side;
  private final DatabaseEngine engine;
  private final Optional<DatabaseSection> section;
  private Optional<Thread> settling = Optional.empty();

  public PhysicalPart(DatabaseSection section, DatabaseEngine engine) {
    this.side = section.side();
    this.engine = engine;
    this.section = Optional.of(section).filter(s -> s.physical().isPresent());
  }

  /** Puts right what was left half done. */
  public synchronized void start() {
    if (section.isPresent()) {
      settling = Optional.of(Thread.ofVirtual().name("database-server").start(this::settle));
    }
  }

  public synchronized void end() throws InterruptedException {
    if (settling.isPresent()) {
      settling.get().interrupt();
      settling.get().join();
      settling = Optional.empty();
    }
  }

  private void settle() {
    try {
      while (true) {
        try {
          var _ = physical().settle();
          return;
        } catch (DatabaseFailure e) {
          if (e.kind() == DatabaseFailure.Kind.REFUSED) {
            return; // a start says the same to whoever orders it
          }
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Set<ActionCase> actions() {
    return Set.of(ActionCase.COPY_SERVER);
  }

  @Override
  public Optional<String> lane(ActionCase action) {
    return Optional.empty();
  }

  @Override
  public Outcome.Builder perform(Command command, Stages stages) throws InterruptedException {
    var wanted = command.getCopyServer();
    try {
      var physical = physical();
      if (wanted.getOnlyList()) {
        stages.at("looking both servers over");
        var listing = physical.listing();
        return done("Looked server " + side + " over.")
            .addAllServerList(listing.sentences(physical.freeBytes()));
      }
      end();
      return copy(physical, wanted, stages);
    } catch (DatabaseFailure failure) {
      return failed(failure.words()).setRefused(failure.kind() == DatabaseFailure.Kind.REFUSED);
    }
  }

  private Outcome.Builder copy(PhysicalStart physical, CopyServer wanted, Stages stages)
      throws DatabaseFailure, InterruptedException {
    if (wanted.getOnlyApproved()) {
      stages.at("looking at what would be lost");
      engine.requireApproved(wanted.getApproved());
    }
    var words =
        physical.perform(
            wanted.getRoleEpoch(),
            wanted.getOverwriteServer(),
            progress -> stages.at(progress.words(), progress.fraction()));
    return done("Database %s follows %s: %s.".formatted(side, side.other(), words));
  }

  private PhysicalStart physical() throws DatabaseFailure {
    if (section.isEmpty()) {
      throw DatabaseFailure.refused(
          "nothing in the agent's file of " + side + " about its database server as a whole",
          "the block 'physical' under 'database', with its programs, data folder, stop and start",
          "add it and restart the agent, or start without --physical");
    }
    var own = section.get();
    var server = own.physical().orElseThrow();
    var main = ServerDatabase.partner(own);
    return new PhysicalStart(
        settings(server), new ServerCopy(ServerDatabase.settings(own), main), main);
  }

  private static PhysicalSettings settings(PhysicalSection server) throws DatabaseFailure {
    try {
      return new PhysicalSettings(
          server.programs(),
          server.data(),
          PhysicalSettings.becomingOwnerOf(server.data()),
          server.stop(),
          server.start(),
          server.patience());
    } catch (IOException e) {
      throw DatabaseFailure.refused(
          "the data folder " + server.data() + " not to be read: " + e,
          "that of the backup's server on this host",
          "correct it in the agent's file");
    }
  }

  @Override
  public void report(Report.Builder report) {
    // the database's own part tells of it
  }
}
