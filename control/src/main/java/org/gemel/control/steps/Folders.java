package org.gemel.control.steps;

import static org.gemel.control.steps.Orders.LONG;
import static org.gemel.control.steps.Orders.SHORT;
import static org.gemel.control.steps.Orders.command;
import static org.gemel.control.steps.Orders.nasHead;

import java.util.List;
import java.util.Optional;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.Reality;
import org.gemel.core.Finding;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.MarkVolume;
import org.gemel.wire.protocol.RunFolderPass;
import org.gemel.wire.protocol.StartFolderMirror;
import org.gemel.wire.protocol.StopFolderMirror;

/** The steps of the folder mirror. It runs on the NAS head of the main side. */
final class Folders {
  private static final List<String> HANDED = List.of("yes");

  private Folders() {}

  /** Stops the schedule; nothing is mirrored until it is started again. */
  record Stop(Side from) implements Step {
    @Override
    public String sentence() {
      return "Stop the folder mirror on the NAS head of " + from;
    }

    @Override
    public List<Finding> check(Reality reality) {
      return Blocks.of(List.of(Blocks.unlessNasHeadAnswers(reality, from)));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      work.order(
          nasHead(work.site(), from),
          command().setStopFolderMirror(StopFolderMirror.getDefaultInstance()),
          SHORT);
      return "The folder mirror of " + from + " was stopped.";
    }

    @Override
    public Proof verify(Reality reality) {
      return Proof.of(
          reality.folderMirror(from).filter(m -> !m.getRunning()).isPresent(),
          "The NAS head of " + from + " reports its folder mirror stopped.",
          "The NAS head of " + from + " does not report its folder mirror stopped yet.");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.of(Specs.of("start-folder-mirror", "from", from.name()));
    }
  }

  /** Marks main and backup volume, then starts the schedule and ends with one whole pass. */
  record Start(Side from) implements Step {
    @Override
    public String sentence() {
      return "Start the folder mirror on the NAS head of %s: the folders of %s are overwritten, then follow"
          .formatted(from, from.other());
    }

    @Override
    public List<Finding> check(Reality reality) {
      return Blocks.of(
          List.of(
              Blocks.unlessNasHeadAnswers(reality, from),
              Blocks.unlessNasHeadAnswers(reality, from.other()),
              inUse(reality, from.other())));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      mark(work, from, Role.MAIN);
      mark(work, from.other(), Role.BACKUP);
      String nas = nasHead(work.site(), from);
      work.order(
          nas,
          command()
              .setStartFolderMirror(
                  StartFolderMirror.newBuilder()
                      .setFrom(WireSides.toWire(from))
                      .setRoleEpoch(work.roleEpoch())),
          SHORT);
      work.says("first pass from " + from + " to " + from.other());
      return "Started. " + pass(work, from);
    }

    @Override
    public Proof verify(Reality reality) {
      boolean runs =
          reality
              .folderMirror(from)
              .filter(m -> m.getRunning() && m.getFrom() == WireSides.toWire(from))
              .isPresent();
      boolean marked =
          reality.volumeRole(from).filter(r -> r == Role.MAIN).isPresent()
              && reality.volumeRole(from.other()).filter(r -> r == Role.BACKUP).isPresent();
      return Proof.of(
          runs && marked,
          "The folder mirror runs from %s to %s.".formatted(from, from.other()),
          "The folder mirror does not report itself running from " + from + " yet.");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.of(Specs.of("stop-folder-mirror", "from", from.name()));
    }
  }

  /**
   * Carries over what was written since the last pass, then hands the volume's role over. It comes
   * when the last device has let go of {@code from}: only then is there a last file.
   *
   * <p>{@code from} is marked backup only after that pass, and the other main only after that: an
   * attempt that finds {@code from} marked backup is the second one, and has nothing left to carry
   * over.
   */
  record HandOver(Side from) implements Step {
    @Override
    public String sentence() {
      return "Bring the folders of %s up to the last file of %s, then hand over: volume %s is main"
          .formatted(from.other(), from, from.other());
    }

    @Override
    public List<Finding> check(Reality reality) {
      return Blocks.of(
          List.of(
              Blocks.unlessNasHeadAnswers(reality, from),
              Blocks.unlessNasHeadAnswers(reality, from.other()),
              inUse(reality, from)));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      Reality reality = work.reality(List.of(nasHead(work.site(), from)));
      List<String> handed =
          work.once("handed", () -> roleIs(reality, from, Role.BACKUP) ? HANDED : List.of());
      String passed = "The last pass had been made before.";
      if (handed.isEmpty()) {
        work.says("last pass from " + from + " to " + from.other());
        passed = pass(work, from);
      }
      mark(work, from, Role.BACKUP);
      mark(work, from.other(), Role.MAIN);
      return passed;
    }

    @Override
    public Proof verify(Reality reality) {
      boolean handed =
          reality.volumeRole(from).filter(r -> r == Role.BACKUP).isPresent()
              && reality.volumeRole(from.other()).filter(r -> r == Role.MAIN).isPresent();
      return Proof.of(
          handed,
          "Volume %s is main, volume %s backup.".formatted(from.other(), from),
          "The volumes do not report their new roles yet.");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.of(Specs.of("hand-over-folders", "from", from.other().name()));
    }
  }

  /** A last pass, then both volumes are main: a split. */
  record Open(Side side) implements Step {
    @Override
    public String sentence() {
      return "Bring the folders of %s up to %s once more, then open them: both volumes are main"
          .formatted(side, side.other());
    }

    @Override
    public List<Finding> check(Reality reality) {
      return Blocks.of(
          List.of(
              Blocks.unlessNasHeadAnswers(reality, side),
              Blocks.unlessNasHeadAnswers(reality, side.other()),
              inUse(reality, side)));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      Reality reality = work.reality(List.of(nasHead(work.site(), side)));
      List<String> opened =
          work.once("opened", () -> roleIs(reality, side, Role.MAIN) ? HANDED : List.of());
      String passed = "The last pass had been made before.";
      if (opened.isEmpty()) {
        work.says("last pass from " + side.other() + " to " + side);
        passed = pass(work, side.other());
      }
      mark(work, side, Role.MAIN);
      return passed;
    }

    @Override
    public Proof verify(Reality reality) {
      return Proof.of(
          reality.volumeRole(side).filter(r -> r == Role.MAIN).isPresent(),
          "Volume " + side + " is main too.",
          "Volume " + side + " does not report itself main yet.");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.empty();
    }
  }

  /** One whole pass now; of all profiles if none is named. */
  record Pass(Side from, String profile) implements Step {
    @Override
    public String sentence() {
      return "Run one whole folder pass%s from %s to %s"
          .formatted(profile.isEmpty() ? "" : " of profile " + profile, from, from.other());
    }

    @Override
    public List<Finding> check(Reality reality) {
      return Blocks.of(
          List.of(Blocks.unlessNasHeadAnswers(reality, from), inUse(reality, from.other())));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      return pass(work, from, profile);
    }

    @Override
    public Proof verify(Reality reality) {
      return Proof.of(
          reality.folderMirror(from).isPresent(),
          "The pass ended.",
          "The NAS head of " + from + " has not answered yet.");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.empty();
    }
  }

  private static boolean roleIs(Reality reality, Side side, Role role) {
    return reality.volumeRole(side).filter(r -> r == role).isPresent();
  }

  private static String pass(StepWork work, Side from) throws StepFailure, InterruptedException {
    return pass(work, from, "");
  }

  private static String pass(StepWork work, Side from, String profile)
      throws StepFailure, InterruptedException {
    FolderPass pass =
        work.order(
                nasHead(work.site(), from),
                command()
                    .setRunFolderPass(
                        RunFolderPass.newBuilder()
                            .setFrom(WireSides.toWire(from))
                            .setRoleEpoch(work.roleEpoch())
                            .setProfile(profile)),
                LONG)
            .getPass();
    if (pass.getFailed() > 0) {
      throw new StepFailure(
          "Found "
              + pass.getFailed()
              + " files that could not be mirrored ("
              + pass.getWords()
              + "), wanted none: see the log of the NAS head of "
              + from
              + ", mend them and retry.");
    }
    return "Pass from %s to %s: %d files; %d created, %d updated, %d deleted."
        .formatted(
            from,
            from.other(),
            pass.getFiles(),
            pass.getCreated(),
            pass.getUpdated(),
            pass.getDeleted());
  }

  private static void mark(StepWork work, Side side, Role role)
      throws StepFailure, InterruptedException {
    work.order(
        nasHead(work.site(), side),
        command()
            .setMarkVolume(
                MarkVolume.newBuilder()
                    .setRole(WireSides.toWire(role))
                    .setRoleEpoch(work.roleEpoch())),
        SHORT);
  }

  /** A volume that is about to be overwritten or left must provably not be in use by any device. */
  private static Optional<Finding> inUse(Reality reality, Side side) {
    List<String> users = Users.notProvablyOff(reality, side);
    return users.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.unknown(
                "volume " + side + " in use, or perhaps in use, by " + String.join(", ", users),
                "every device provably off it",
                "switch them with `gemel device switch --to "
                    + side.other()
                    + "`, or start their agents"));
  }
}
