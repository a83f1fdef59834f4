package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Series;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.process.Outcome;

/**
 * Lets contestants take turns: all of them once a round, each round beginning with the next one, so
 * that what the machine does meanwhile meets all alike. A contestant that fails is out from then
 * on.
 */
final class Rounds {
  private final Course course;
  private final String work;
  private final Trial trial;
  private final Map<Contestant, List<Sample>> samples = new LinkedHashMap<>();
  private final Map<Contestant, String> out = new LinkedHashMap<>();

  Rounds(Course course, String work, Trial trial) {
    this.course = course;
    this.work = work;
    this.trial = trial;
  }

  List<Series> run(int rounds, List<Contestant> contestants)
      throws IOException, InterruptedException {
    for (Contestant contestant : contestants) {
      samples.put(contestant, new ArrayList<>());
      if (!contestant.takesPart()) {
        out.put(contestant, contestant.absent());
      }
    }
    for (int round = 0; round < rounds; round++) {
      trial.beforeRound(round);
      List<Contestant> order = new ArrayList<>(contestants);
      order.removeIf(out::containsKey);
      Collections.rotate(order, -round);
      for (Contestant contestant : order) {
        run(round, contestant);
      }
      if (!trial.checksEach() && !order.isEmpty()) {
        Contestant any = order.getFirst();
        check(any, trial.from(), trial.to(any));
      }
    }
    return contestants.stream()
        .map(
            c ->
                out.containsKey(c)
                    ? Series.absent(c.name(), c.gemel(), out.getOrDefault(c, ""))
                    : new Series(c.name(), c.gemel(), samples.getOrDefault(c, List.of()), ""))
        .toList();
  }

  private void run(int round, Contestant contestant) throws IOException, InterruptedException {
    Path from = trial.from();
    Path to = trial.to(contestant);
    trial.before(contestant);
    course.caches().settle();
    double served = contestant.serverCpuSeconds().getAsDouble();
    Outcome outcome = course.timed().run(contestant.commandLine().of(from, to));
    double cpu = outcome.cpuSeconds() + contestant.serverCpuSeconds().getAsDouble() - served;
    if (outcome.exit() != 0) {
      out.put(contestant, outcome.complaint());
      course.findings().failed(work, contestant.name(), contestant.gemel(), outcome.complaint());
      return;
    }
    samples
        .computeIfAbsent(contestant, c -> new ArrayList<>())
        .add(new Sample(outcome.seconds(), cpu, outcome.peakBytes()));
    trial.after(contestant, outcome);
    course
        .findings()
        .tell(
            String.format(
                Locale.ROOT,
                "%s, round %d: %s %.3f s",
                work,
                round + 1,
                contestant.name(),
                outcome.seconds()));
    if (trial.checksEach()) {
      check(contestant, from, to);
    }
  }

  private void check(Contestant contestant, Path from, Path to)
      throws IOException, InterruptedException {
    Optional<String> difference = course.trees().difference(from, to, contestant.keeps());
    if (difference.isPresent()) {
      course.findings().unequal(work, contestant.name(), difference.get());
    }
  }
}
