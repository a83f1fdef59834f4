package org.gemel.demo.start;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gemel.core.Side;
import org.gemel.demo.facility.Facility;
import org.gemel.demo.facility.NewsroomSchema;
import org.gemel.demo.supervisor.ChildSpec;
import org.gemel.demo.supervisor.Restart;
import org.gemel.demo.supervisor.Supervisor;
import org.gemel.postgres.PostgresBinaries;
import org.gemel.postgres.PostgresFailure;
import org.gemel.postgres.PostgresServer;
import org.gemel.postgres.PostgresSettings;
import org.gemel.postgres.ServerCommand;

/** The two PostgreSQL servers, each with a newsroom database that no client can reach yet. */
final class Databases {
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  private final Facility facility;
  private final Supervisor supervisor;
  private final int phase;

  Databases(Facility facility, Supervisor supervisor, int phase) {
    this.facility = facility;
    this.supervisor = supervisor;
    this.phase = phase;
  }

  /** Starts both, side by side; returns when both answer and carry the schema. */
  void start(Path binariesCache) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      PostgresBinaries binaries = PostgresBinaries.unpack(binariesCache);
      List<Future<?>> starts = new ArrayList<>();
      for (Side side : Side.values()) {
        starts.add(
            threads.submit(
                () -> {
                  start(binaries, side);
                  return side;
                }));
      }
      for (Future<?> start : starts) {
        start.get();
      }
      facility.seedDatabase();
    } catch (ExecutionException e) {
      throw new IOException("a database server could not be started", e.getCause());
    } catch (PostgresFailure | SQLException e) {
      throw new IOException("a database server could not be prepared", e);
    }
  }

  private void start(PostgresBinaries binaries, Side side)
      throws IOException, InterruptedException, PostgresFailure, SQLException {
    PostgresServer server =
        PostgresServer.create(
            binaries,
            facility.database(side),
            facility.databasePort(side),
            facility.password("database-administrator"),
            PostgresSettings.standard());
    // One that outlived its facility would keep folder and port.
    server.stop(STOPS_WITHIN);
    ServerCommand command = server.command();
    supervisor.start(
        new ChildSpec(
            "database-" + (side == Side.X ? "x" : "y"),
            command.arguments(),
            command.environment(),
            command.folder(),
            Restart.ALWAYS,
            phase));
    server.awaitReady(READY_WITHIN);
    NewsroomSchema.apply(
        facility.administrator(side, "postgres"),
        facility.administrator(side, NewsroomSchema.DATABASE),
        facility.password(NewsroomSchema.APPLICATION),
        facility.password(NewsroomSchema.OBSERVER));
  }
}
