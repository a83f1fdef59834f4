package org.gemel.agent.engine;

import static org.gemel.agent.command.Outcomes.done;
import static org.gemel.agent.command.Outcomes.failed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.agent.command.Stages;
import org.gemel.config.DataSize;
import org.gemel.mirror.ComparisonReport;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.VerifyFolders;

/** Compares both sides of profiles when somebody asks. */
final class FolderVerification {
  private static final int DIFFERENCES_NAMED = 5;

  private final Volume own;
  private final Volume other;
  private final FolderEngine engine;

  FolderVerification(Volume own, Volume other, FolderEngine engine) {
    this.own = own;
    this.other = other;
    this.engine = engine;
  }

  /**
   * Done if all are equal.
   *
   * @throws InterruptedException if the agent ends meanwhile; it is begun again then
   */
  Outcome.Builder verify(VerifyFolders order, Stages stages) throws InterruptedException {
    Optional<String> named = FolderPauses.named(order.getProfile());
    Optional<String> unknown = named.flatMap(each -> FolderPart.unknownProfile(engine, each));
    if (unknown.isPresent()) {
      return failed(unknown.get());
    }
    try {
      var unused = own.prove();
      var unusedToo = other.prove();
    } catch (IOException e) {
      return failed(String.valueOf(e.getMessage()));
    }
    List<String> profiles = named.map(List::of).orElseGet(engine::profiles);
    List<String> equal = new ArrayList<>();
    List<String> unlike = new ArrayList<>();
    for (int index = 0; index < profiles.size(); index++) {
      stages.at("comparing " + profiles.get(index), (double) index / profiles.size());
      compare(profiles.get(index), order.getContent(), equal, unlike);
    }
    return unlike.isEmpty() ? done(String.join(" ", equal)) : failed(String.join(" ", unlike));
  }

  private void compare(String profile, boolean content, List<String> equal, List<String> unlike)
      throws InterruptedException {
    List<String> named = new ArrayList<>();
    ComparisonReport report =
        engine.compare(
            profile,
            own.side(),
            content,
            difference -> {
              if (named.size() < DIFFERENCES_NAMED) {
                named.add(difference.line());
              }
            },
            () -> Thread.currentThread().isInterrupted());
    if (Thread.interrupted()) {
      throw new InterruptedException("the comparison of " + profile + " was cut off");
    }
    if (report.equal()) {
      equal.add(
          "Profile %s: %s and %s are equal, %s of %s compared by %s."
              .formatted(
                  profile,
                  own.side(),
                  other.side(),
                  counted(report.files(), "file"),
                  new DataSize(report.bytes()),
                  content ? "content" : "size and time"));
    } else {
      unlike.add(words(profile, report, named));
    }
  }

  private String words(String profile, ComparisonReport report, List<String> named) {
    if (report.refusal().isPresent()) {
      return "Profile " + profile + ": " + report.refusal().get().reason();
    }
    if (!report.failures().isEmpty()) {
      var first = report.failures().getFirst();
      return "Profile %s: found %d entries that could not be compared, first %s: %s, wanted all; mend them and verify again."
          .formatted(profile, report.failures().size(), first.path(), first.reason());
    }
    return "Profile %s: found %s (A is %s, B is %s; %s%s), wanted none: what changed since the last pass counts too, so run one and verify again."
        .formatted(
            profile,
            counted(report.differing(), "difference"),
            own.side(),
            other.side(),
            String.join("; ", named),
            report.differing() > named.size() ? "; …" : "");
  }

  private static String counted(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
