package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Statistics;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.peer.Follower;
import org.gemel.bench.peer.Moved;
import org.gemel.bench.process.Outcome;
import org.gemel.bench.tree.ChangingTree;
import org.gemel.bench.tree.Keeps;
import org.gemel.bench.tree.Sighting;

/** One contestant's turn in work D, from equal trees to equal trees. */
final class FollowSession {
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(10);

  /**
   * What is still on its way when all changes are seen, such as folders' times, has so many looks.
   */
  private static final int LOOKS = 3;

  private final Course course;
  private final ChangingTree tree;
  private final Path from;
  private final Path to;

  FollowSession(Course course, ChangingTree tree, Path from, Path to) {
    this.course = course;
    this.tree = tree;
    this.from = from;
    this.to = to;
  }

  /**
   * What a turn gave.
   *
   * @param p50 NaN of who does not follow
   * @param moved content moved since its start, if it tells
   * @param written content that was written meanwhile
   */
  record Result(double p50, double p99, Sample burst, OptionalDouble moved, double written) {
    boolean isOfFollower() {
      return !Double.isNaN(p50);
    }

    @Override
    public String toString() {
      String one = String.format(Locale.ROOT, "one file %.4f s, ", p50);
      return (isOfFollower() ? one : "")
          + String.format(Locale.ROOT, "burst %.3f s", burst.value());
    }
  }

  Result follow(Follower follower) throws IOException, InterruptedException {
    try (Follower.Following following = follower.start().of(from, to)) {
      course.caches().settle();
      Lookout lookout = new Lookout(to);
      double written = 0;
      List<Double> latencies = new ArrayList<>();
      for (int change = 0; change < course.sizes().latencies(); change++) {
        Thread.sleep(BETWEEN_CHANGES);
        Sighting.Content content = tree.change();
        long began = System.nanoTime();
        lookout.await(List.of(content), following::mustLive);
        latencies.add((System.nanoTime() - began) / 1e9);
        written += content.content().remaining();
      }
      double cpu = following.cpuSeconds();
      long began = System.nanoTime();
      ChangingTree.Burst burst = tree.burst(course.sizes().burst());
      lookout.await(burst.sightings(), following::mustLive);
      double seconds = (System.nanoTime() - began) / 1e9;
      Sample sample = new Sample(seconds, following.cpuSeconds() - cpu, following.peakBytes());
      check(follower.name(), follower.keeps());
      return new Result(
          Statistics.percentile(latencies, 0.5),
          Statistics.percentile(latencies, 0.99),
          sample,
          following.end(),
          written + burst.bytesWritten());
    }
  }

  /** The burst alone, by a pass that is started right after it. */
  Result pass(Contestant contestant) throws IOException, InterruptedException {
    course.caches().settle();
    double served = contestant.serverCpuSeconds().getAsDouble();
    long began = System.nanoTime();
    ChangingTree.Burst burst = tree.burst(course.sizes().burst());
    Outcome outcome = course.timed().run(contestant.commandLine().of(from, to));
    if (outcome.exit() != 0) {
      throw new IOException(outcome.complaint());
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double cpu = outcome.cpuSeconds() + contestant.serverCpuSeconds().getAsDouble() - served;
    check(contestant.name(), contestant.keeps());
    return new Result(
        Double.NaN,
        Double.NaN,
        new Sample(seconds, cpu, outcome.peakBytes()),
        Moved.bytesMoved(outcome.out()),
        burst.bytesWritten());
  }

  private void check(String name, Keeps keeps) throws IOException, InterruptedException {
    Optional<String> difference = course.trees().difference(from, to, keeps);
    for (int look = 1; look < LOOKS && difference.isPresent(); look++) {
      difference = course.trees().difference(from, to, keeps);
    }
    if (difference.isPresent()) {
      course.findings().unequal("D", name, difference.get());
    }
  }
}
