package org.gemel.control;

import java.time.Duration;
import java.util.UUID;
import org.gemel.control.api.DatabasePreview;
import org.gemel.control.api.Operation;
import org.gemel.control.api.Refusal;
import org.gemel.control.preflight.PackedFacts;
import org.gemel.control.runs.OrderDesk;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.site.Site;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.gemel.database.preview.ChangeLogState;
import org.gemel.database.preview.PreviewedTable;
import org.gemel.database.preview.SplitPreview;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.PreviewRejoin;

/** Asks the side that would be overwritten what it would lose. Changes nothing there. */
final class DatabasePreviews {
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final Site site;
  private final OrderDesk desk;

  DatabasePreviews(Site site, OrderDesk desk) {
    this.site = site;
    this.desk = desk;
  }

  /**
   * Reads it now.
   *
   * @param main the side that will be main
   * @param export a new folder on the database host of the other side; empty: none
   */
  DatabasePreview preview(Side main, String export) {
    try {
      return told(main, read(main.other(), export));
    } catch (StepFailure e) {
      throw new Refusal(Refusal.Reason.NOT_READY, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the control point ends", e);
    }
  }

  /** Refuses what would overwrite changes that nobody was shown, or that are others by now. */
  void refuseUnlessApproved(Operation operation, Side main) {
    boolean rejoins = operation.name().equals("database-rejoin");
    DatabasePreview preview;
    try {
      preview = preview(main, "");
    } catch (Refusal unknown) {
      if (rejoins) {
        throw unknown;
      }
      return; // such as before the first start; the database itself refuses to lose anything unseen
    }
    String approved = operation.preview() == null ? "" : operation.preview();
    boolean nothingOwn = preview.nothingLost() || preview.here() == null;
    if (preview.hash().equals(approved) || (nothingOwn && !rejoins)) {
      return;
    }
    throw new Refusal(
        Refusal.Reason.UNSAFE,
        "found "
            + (approved.isEmpty()
                ? "no preview approved"
                : "a preview approved that is no longer so")
            + ", wanted what database "
            + main.other()
            + " loses to be seen first ("
            + preview.words()
            + "): read `gemel database preview "
            + main
            + "`, then give its hash with --preview HASH");
  }

  private SplitPreview read(Side side, String export) throws StepFailure, InterruptedException {
    String device;
    try {
      device = site.dedicated(side, Component.DATABASE_SERVER).name();
    } catch (IllegalStateException none) {
      throw new StepFailure(String.valueOf(none.getMessage()));
    }
    if (!site.reachable(device)) {
      throw new StepFailure(
          "Found no answer from " + device + ", wanted what it would lose: start its agent.");
    }
    String id = "preview-rejoin/" + UUID.randomUUID();
    Command command =
        Command.newBuilder()
            .setId(id)
            .setPreviewRejoin(PreviewRejoin.newBuilder().setExport(export))
            .build();
    Outcome outcome = desk.order(device, command, PATIENCE);
    desk.seen(device, id);
    if (!outcome.getDone()) {
      throw new StepFailure(device + ": " + outcome.getWords());
    }
    return PackedFacts.preview(device, outcome);
  }

  private static String counted(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private DatabasePreview told(Side main, SplitPreview preview) {
    String words =
        preview.nothingLost()
            ? "Database " + main.other() + " would lose nothing of its own"
            : preview.here().isEmpty()
                ? "What database %s would lose is not known: %s"
                    .formatted(main.other(), preview.incomplete())
                : "Database %s would lose %s of its own in %s%s"
                    .formatted(
                        main.other(),
                        counted(preview.overwritten(), "row"),
                        counted(
                            preview.tables().stream().filter(t -> t.overwritten() > 0).count(),
                            "table"),
                        preview.incomplete().isEmpty()
                            ? ""
                            : ", and this is not all: " + preview.incomplete());
    return new DatabasePreview(
        main,
        main.other(),
        site.now(),
        preview.hash(),
        words,
        preview.incomplete(),
        preview.nothingLost(),
        preview.here().map(DatabasePreviews::told).orElse(null),
        preview.onMain().map(DatabasePreviews::told).orElse(null),
        preview.tables().stream().map(DatabasePreviews::told).toList());
  }

  private static DatabasePreview.Log told(ChangeLogState log) {
    return new DatabasePreview.Log(
        log.generation(),
        log.since(),
        log.diverged().orElse(null),
        log.keys(),
        log.wholeTables(),
        log.keptBytes(),
        log.incomplete(),
        log.words());
  }

  private static DatabasePreview.Table told(PreviewedTable table) {
    return new DatabasePreview.Table(
        table.table(),
        table.lost(),
        table.replaced(),
        table.back(),
        table.caughtUp(),
        table.whole(),
        table.newestHere().orElse(null),
        table.newestOnMain().orElse(null),
        table.examples().stream()
            .map(
                row ->
                    new DatabasePreview.Row(
                        row.fate(), row.key(), row.changedHere(), row.changedOnMain().orElse(null)))
            .toList());
  }
}
