package org.gemel.control.steps;

import static org.gemel.control.steps.Orders.LONG;
import static org.gemel.control.steps.Orders.command;
import static org.gemel.control.steps.Orders.databaseServer;

import java.util.List;
import java.util.Optional;
import org.gemel.control.api.ComparisonOrder;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.Reality;
import org.gemel.core.Finding;
import org.gemel.core.Side;

/**
 * Compares every row of main with the backup's while clients work; fails where they differ. One
 * that was cut off is gone on with, since the backup keeps how far it came.
 */
record CompareDatabases(Side from, ComparisonOrder order) implements Step {
  static final String ROWS_PER_SECOND = "rows-per-second";
  static final String PERCENT_OF_TIME = "percent-of-time";
  static final String ANEW = "anew";

  @Override
  public String sentence() {
    return "Compare every row of databases %s and %s; nothing is changed"
        .formatted(from, from.other());
  }

  @Override
  public boolean takesRoleEpoch() {
    return false;
  }

  @Override
  public List<Finding> check(Reality reality) {
    return Replications.unlessRoles(reality, from);
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    return work.order(
            databaseServer(work.site(), from.other()),
            command()
                .setCompareDatabases(
                    org.gemel.wire.protocol.CompareDatabases.newBuilder()
                        .setRowsPerSecond(order.rowsPerSecond())
                        .setPercentOfTime(order.percentOfTime())
                        .setAnew(order.anew())),
            LONG)
        .getWords();
  }

  @Override
  public Proof verify(Reality reality) {
    return Proof.proven("");
  }

  @Override
  public Optional<StepSpec> inverse() {
    return Optional.empty();
  }
}
