package org.gemel.demo.proof;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.gemel.core.Side;
import org.gemel.demo.facility.Facility;
import org.gemel.demo.workload.WorkPause;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code gemel demo prove --dir DIR}.
 *
 * <p>It holds all work between two items for as long as it reads, then lets it go on; a folder in
 * which nothing runs but the databases is read the same way. The mirrors get time to finish what
 * was written before the hold.
 */
@Command(
    name = "prove",
    description =
        "Proves that nothing acknowledged was lost and that X and Y are equal. Work stands still meanwhile.",
    footer = {
      "",
      "Example: gemel demo prove --dir .gemel-demo --main Y",
      "Exit status: 0 proven, 1 not, 6 cannot reach"
    })
public final class ProveCommand implements Callable<Integer> {
  private static final int CANNOT_REACH = 6;
  private static final int SHOWN = 20;
  private static final Duration HOLD_WITHIN = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Option(
      names = "--dir",
      defaultValue = ".gemel-demo",
      description = "the facility's folder (default ${DEFAULT-VALUE})")
  private Path dir = Path.of(".gemel-demo");

  @Option(
      names = "--main",
      description = "prove nothing lost on this side only, and do not compare (for a split pair)")
  private String main = "";

  @Option(
      names = "--within",
      defaultValue = "90",
      description =
          "seconds the mirrors may take to make both sides equal (default ${DEFAULT-VALUE})")
  private long withinSeconds = 90;

  @Option(
      names = "--overwritten",
      description =
          "SIDE@FROM/TO: acknowledged there in that time, overwritten by a restore, not demanded")
  private List<String> overwritten = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Facility facility = Facility.existing(dir);
      List<Overwritten> given = overwritten.stream().map(Overwritten::parse).toList();
      try (WorkPause pause = WorkPause.open(facility.pause());
          WorkPause.Hold _ = pause.hold(HOLD_WITHIN)) {
        return main.isEmpty()
            ? proveBoth(facility, given)
            : proveOne(facility, Side.parse(main), given);
      }
    } catch (IOException | SQLException e) {
      spec.commandLine().getErr().println("cannot prove anything: " + e.getMessage());
      return CANNOT_REACH;
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 2;
    }
  }

  private int proveOne(Facility facility, Side side, List<Overwritten> given)
      throws IOException, SQLException {
    Proof.Verdict lost =
        Proof.nothingLost(facility.journals(), Proof.SideParts.of(facility, side), given);
    return say("nothing acknowledged was lost", lost, spec.commandLine().getOut()) ? 0 : 1;
  }

  private int proveBoth(Facility facility, List<Overwritten> given)
      throws IOException, SQLException, InterruptedException {
    Proof.SideParts x = Proof.SideParts.of(facility, Side.X);
    Proof.SideParts y = Proof.SideParts.of(facility, Side.Y);
    long end = System.nanoTime() + Duration.ofSeconds(withinSeconds).toNanos();
    Proof.Verdict equal = Proof.sidesEqual(x, y);
    while (!equal.holds() && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
      equal = Proof.sidesEqual(x, y);
    }
    boolean proven = true;
    for (Proof.SideParts side : List.of(x, y)) {
      proven &=
          say(
              "nothing acknowledged was lost",
              Proof.nothingLost(facility.journals(), side, given),
              spec.commandLine().getOut());
    }
    return say("both sides are equal", equal, spec.commandLine().getOut()) && proven ? 0 : 1;
  }

  private static boolean say(String claim, Proof.Verdict verdict, PrintWriter out) {
    out.println((verdict.holds() ? "proven: " : "NOT proven: ") + claim + ". " + verdict.summary());
    verdict.findings().stream().limit(SHOWN).forEach(finding -> out.println("  " + finding));
    if (verdict.findings().size() > SHOWN) {
      out.println("  and " + (verdict.findings().size() - SHOWN) + " more");
    }
    return verdict.holds();
  }
}
