package org.gemel.agent.engine;

import static org.gemel.agent.command.Outcomes.done;

import java.nio.file.Path;
import java.util.Optional;
import org.gemel.agent.command.Stages;
import org.gemel.core.Side;
import org.gemel.database.DatabaseFailure;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.PreviewRejoin;
import org.gemel.wire.protocol.Rejoin;
import org.gemel.wire.protocol.Subscribe;

/** What is ordered of a database around a split. */
final class SplitCommands {
  private final Side side;
  private final DatabaseEngine engine;

  SplitCommands(Side side, DatabaseEngine engine) {
    this.side = side;
    this.engine = engine;
  }

  Outcome.Builder partFromMain() throws DatabaseFailure {
    engine.partFromMain();
    return done("Database " + side + " follows nothing any more, and notes what changes in it.");
  }

  Outcome.Builder partFromBackup() throws DatabaseFailure {
    engine.partFromBackup();
    return done("Database " + side + " leads nobody any more, and notes what changes in it.");
  }

  Outcome.Builder forget() throws DatabaseFailure {
    engine.forgetChanges();
    return done("Database " + side + " notes no changes any more.");
  }

  Outcome.Builder subscribe(Subscribe wanted, Stages stages) throws DatabaseFailure {
    if (wanted.getOnlyApproved()) {
      stages.at("looking at what would be lost");
      engine.requireApproved(wanted.getApproved());
    }
    stages.at("bringing definitions to main's form, emptying the tables");
    String altered = engine.subscribe(wanted.getRoleEpoch(), wanted.getDrop());
    return done(
        "Database %s is being overwritten from %s: %s.".formatted(side, side.other(), altered));
  }

  Outcome.Builder preview(PreviewRejoin wanted, Stages stages) throws DatabaseFailure {
    stages.at("reading both sides");
    Optional<Path> export =
        wanted.getExport().isEmpty() ? Optional.empty() : Optional.of(Path.of(wanted.getExport()));
    if (export.isPresent() && !export.get().isAbsolute()) {
      throw new IllegalArgumentException(
          "found the folder '"
              + wanted.getExport()
              + "' to export to, wanted its whole path on the host of database "
              + side
              + ": begin it with /");
    }
    var preview = engine.preview(export);
    return done("Database %s would lose %d rows of its own%s."
            .formatted(
                side,
                preview.overwritten(),
                preview.incomplete().isEmpty()
                    ? ""
                    : ", and what is not known: " + preview.incomplete()))
        .setSplitPreview(PackedFacts.of(preview));
  }

  Outcome.Builder rejoin(Rejoin wanted, Stages stages) throws DatabaseFailure {
    stages.at("joining the sides again");
    var joined = engine.rejoin(wanted.getApproved(), wanted.getRoleEpoch());
    return done("Database %s follows %s: %s.".formatted(side, side.other(), joined.words()));
  }
}
