package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Series;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.peer.Moved;
import org.gemel.bench.peer.Network;
import org.gemel.bench.process.Outcome;

/**
 * A source that changes once a round, and a target for each contestant that is one change behind.
 */
final class DeltaTrial implements Trial {
  private final Course course;
  private final Path from;
  private final Map<Contestant, Path> targets;
  private final Change change;
  private final Map<Contestant, List<Sample>> moved = new HashMap<>();

  /** What happens to the source at the start of a round. */
  interface Change {
    void apply(int round) throws IOException;
  }

  private DeltaTrial(Course course, Path from, Map<Contestant, Path> targets, Change change) {
    this.course = course;
    this.from = from;
    this.targets = targets;
    this.change = change;
  }

  /** Lets each contestant fill its own target, so that what it keeps beside it is there too. */
  static DeltaTrial prepared(
      Course course, Path from, Path folder, List<Contestant> contestants, Change change)
      throws IOException, InterruptedException {
    Files.createDirectory(folder);
    Map<Contestant, Path> targets = new HashMap<>();
    for (Contestant contestant : contestants) {
      if (contestant.takesPart()) {
        Path target = Files.createDirectory(folder.resolve("to" + targets.size()));
        Network.open(target);
        targets.put(contestant, target);
        course.timed().run(contestant.commandLine().of(from, target));
      }
    }
    return new DeltaTrial(course, from, Map.copyOf(targets), change);
  }

  @Override
  public Path from() {
    return from;
  }

  @Override
  public Path to(Contestant contestant) {
    return targets.getOrDefault(contestant, from);
  }

  @Override
  public void beforeRound(int round) throws IOException {
    change.apply(round);
  }

  @Override
  public void before(Contestant contestant) throws IOException {
    course.caches().warm(from);
    course.caches().warm(to(contestant));
  }

  @Override
  public void after(Contestant contestant, Outcome outcome) {
    OptionalDouble bytes = Moved.bytesMoved(outcome.out());
    if (bytes.isPresent()) {
      moved.computeIfAbsent(contestant, c -> new ArrayList<>()).add(Sample.of(bytes.getAsDouble()));
    }
  }

  /** What the contestants that tell it have sent, round by round. */
  List<Series> moved(List<Contestant> contestants) {
    return contestants.stream()
        .filter(moved::containsKey)
        .map(
            contestant ->
                new Series(
                    contestant.name(),
                    contestant.gemel(),
                    moved.getOrDefault(contestant, List.of()),
                    ""))
        .toList();
  }
}
