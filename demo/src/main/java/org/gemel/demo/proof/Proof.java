package org.gemel.demo.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.gemel.core.Side;
import org.gemel.demo.facility.Facility;
import org.gemel.demo.facility.NewsroomSchema;
import org.gemel.demo.workload.DatabaseAccess;

/**
 * Reads journals, databases and volumes, and says whether anything acknowledged was lost and
 * whether the sides are equal. It asks nothing that Gemel says about itself.
 */
public final class Proof {
  /**
   * One side.
   *
   * @param database an access that may read while the side is backup
   */
  public record SideParts(Side side, DatabaseAccess database, Path volume) {
    /** Those of a facility. */
    public static SideParts of(Facility facility, Side side) throws IOException {
      return new SideParts(
          side, facility.administrator(side, NewsroomSchema.DATABASE), facility.volume(side));
    }
  }

  /**
   * A verdict: holds exactly if there is no finding.
   *
   * @param summary what was looked at, in one sentence
   */
  public record Verdict(String summary, List<Finding> findings) {
    public Verdict {
      findings = List.copyOf(findings);
    }

    /** Whether the claim is proven. */
    public boolean holds() {
      return findings.isEmpty();
    }
  }

  private Proof() {}

  /** Whether a side has everything that the journals claim. May be read while work goes on. */
  public static Verdict nothingLost(
      List<Path> journals, SideParts side, List<Overwritten> overwritten)
      throws IOException, SQLException {
    AcknowledgedProof.Result result =
        new AcknowledgedProof(journals, overwritten).prove(side.database(), side.volume());
    String summary =
        "%s: %d acknowledged items with row and file, %d acknowledged deletes; %d of them with an act in doubt, %d left out as they changed meanwhile"
            .formatted(
                side.side(), result.present(), result.deleted(), result.inDoubt(), result.moving());
    return new Verdict(summary, result.findings());
  }

  /** Whether both sides are equal. Work must stand still, or they differ by what is under way. */
  public static Verdict sidesEqual(SideParts x, SideParts y) throws IOException, SQLException {
    TableCompare.Result tables = TableCompare.compare(x.database(), y.database());
    TreeCompare.Result trees = TreeCompare.compare(x.volume(), y.volume());
    List<Finding> findings = new ArrayList<>(tables.findings());
    findings.addAll(trees.findings());
    String summary =
        "X and Y: %d rows in %d tables, %d files and folders"
            .formatted(tables.rows(), tables.tables(), trees.entries());
    return new Verdict(summary, findings);
  }
}
