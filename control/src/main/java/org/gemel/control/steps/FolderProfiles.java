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
import org.gemel.core.Side;
import org.gemel.wire.protocol.FolderMirrorState;
import org.gemel.wire.protocol.PauseFolders;
import org.gemel.wire.protocol.ResumeFolders;
import org.gemel.wire.protocol.VerifyFolders;

/**
 * Steps that concern the folder mirror or one profile of it, and no role. An empty name of a
 * profile means all of them.
 */
final class FolderProfiles {
  private FolderProfiles() {}

  /** No pass begins by itself from here on, also after a restart of the agent. */
  record Pause(Side from, String profile, boolean now) implements Step {
    @Override
    public String sentence() {
      return "Pause %s on the NAS head of %s; passes at work %s"
          .formatted(what(profile), from, now ? "end between files" : "go on to their end");
    }

    @Override
    public List<Finding> check(Reality reality) {
      return Blocks.of(List.of(unlessMirrorAnswers(reality, from)));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      return work.order(
              nasHead(work.site(), from),
              command().setPauseFolders(PauseFolders.newBuilder().setProfile(profile).setNow(now)),
              SHORT)
          .getWords();
    }

    @Override
    public Proof verify(Reality reality) {
      return Proof.of(
          reality.folderMirror(from).filter(mirror -> isPaused(mirror, profile)).isPresent(),
          "The NAS head of " + from + " reports it paused.",
          "The NAS head of " + from + " does not report it paused yet.");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.of(Specs.of("resume-folders", "from", from.name(), "profile", profile));
    }
  }

  /** The schedules go on. */
  record Resume(Side from, String profile) implements Step {
    @Override
    public String sentence() {
      return "Resume %s on the NAS head of %s".formatted(what(profile), from);
    }

    @Override
    public List<Finding> check(Reality reality) {
      return Blocks.of(List.of(unlessMirrorAnswers(reality, from)));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      return work.order(
              nasHead(work.site(), from),
              command().setResumeFolders(ResumeFolders.newBuilder().setProfile(profile)),
              SHORT)
          .getWords();
    }

    @Override
    public Proof verify(Reality reality) {
      return Proof.of(
          reality.folderMirror(from).filter(mirror -> isResumed(mirror, profile)).isPresent(),
          "The NAS head of " + from + " reports it no more paused.",
          "The NAS head of " + from + " still reports it paused.");
    }

    @Override
    public Optional<StepSpec> inverse() {
      return Optional.of(Specs.of("pause-folders", "from", from.name(), "profile", profile));
    }
  }

  /** Compares both sides; the comparison is the proof, and a difference is its failure. */
  record Verify(Side from, String profile, boolean content) implements Step {
    @Override
    public String sentence() {
      return "Compare %s of %s and %s by %s; nothing is changed"
          .formatted(
              profile.isEmpty() ? "the folders" : "the folders of profile " + profile,
              from,
              from.other(),
              content ? "content" : "size and time");
    }

    @Override
    public List<Finding> check(Reality reality) {
      return Blocks.of(List.of(Blocks.unlessNasHeadAnswers(reality, from)));
    }

    @Override
    public String perform(StepWork work) throws StepFailure, InterruptedException {
      return work.order(
              nasHead(work.site(), from),
              command()
                  .setVerifyFolders(
                      VerifyFolders.newBuilder().setProfile(profile).setContent(content)),
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

  /** Also where the volume does not answer: what hangs is what one wants to pause. */
  private static Optional<Finding> unlessMirrorAnswers(Reality reality, Side side) {
    return reality.folderMirror(side).isPresent()
        ? Optional.empty()
        : Optional.of(
            Finding.unknown(
                "no answer from the NAS head of " + side,
                "its agent's report of the last moments",
                "see `gemel device show` of the NAS head of " + side + ", and start it"));
  }

  private static boolean isPaused(FolderMirrorState mirror, String profile) {
    if (profile.isEmpty()) {
      return mirror.getPausedSinceMilliseconds() != 0;
    }
    return mirror.getProfilesList().stream()
        .filter(each -> each.getName().equals(profile))
        .anyMatch(each -> each.getPausedSinceMilliseconds() != 0);
  }

  /** To resume all means that nothing of it is paused any more, single profiles included. */
  private static boolean isResumed(FolderMirrorState mirror, String profile) {
    return profile.isEmpty()
        ? mirror.getPausedSinceMilliseconds() == 0
            && mirror.getProfilesList().stream()
                .allMatch(each -> each.getPausedSinceMilliseconds() == 0)
        : !isPaused(mirror, profile);
  }

  private static String what(String profile) {
    return profile.isEmpty() ? "the folder mirror" : "profile " + profile + " of the folder mirror";
  }
}
