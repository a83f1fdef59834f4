package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code gemel demo-workload KIND --config FILE}: one working device of the demo, started by its
 * agent.
 */
@Command(
    name = "demo-workload",
    hidden = true,
    description =
        "Works like a device of a newsroom, for the demo. Ends with 0 on SIGTERM, after the item in hand.")
public final class WorkloadCommand implements Callable<Integer> {
  private static final Duration IDLE = Duration.ofHours(1);

  @Parameters(index = "0", description = "editor, ingest, encoder or browse-service")
  private String kind = "";

  @Option(names = "--config", required = true, description = "its configuration file")
  private Path config = Path.of("");

  @Override
  public Integer call() throws IOException {
    switch (kind) {
      case "editor", "ingest", "encoder" -> work(WorkloadConfig.read(config));
      case "browse-service" -> browse(BrowseConfig.read(config));
      default -> {
        System.err.println(
            "found workload '" + kind + "', wanted editor, ingest, encoder or browse-service");
        return 2;
      }
    }
    return 0;
  }

  private void work(WorkloadConfig told) throws IOException {
    Clock clock = Clock.systemUTC();
    try (Journal journal = Journal.open(told.journal());
        WorkPause pause = WorkPause.open(told.pause());
        NewsroomConnection database = new NewsroomConnection(told)) {
      Deeds deeds = new Deeds(journal, pause, database, clock);
      Stock stock = Stock.read(told.journal());
      SplittableRandom random = new SplittableRandom();
      Workload workload =
          switch (kind) {
            case "editor" -> new Editor(told, deeds, stock, random, clock);
            case "ingest" -> new Ingest(told, deeds, stock, random, clock);
            default -> new Encoder(told, deeds, stock, database, clock);
          };
      System.out.println(
          clock.instant() + " " + kind + " " + told.device() + " works through " + told.mount());
      new WorkLoop().run(workload, told.pace());
    }
  }

  private static void browse(BrowseConfig told) throws IOException {
    try (BrowseService _ = BrowseService.start(told)) {
      System.out.println(
          "browse service "
              + told.name()
              + " serves side "
              + told.side()
              + " on port "
              + told.port());
      new WorkLoop().run(() -> {}, IDLE);
    }
  }
}
