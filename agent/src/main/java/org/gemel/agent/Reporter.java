package org.gemel.agent;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.gemel.agent.command.CommandDesk;
import org.gemel.agent.command.DevicePart;
import org.gemel.agent.link.ControlLink;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the device anew and reports it: at each interval, and at once when something changed or
 * somebody looks.
 *
 * <p>The number of a look is taken before the first part is read, so a report that carries it says
 * what was true after that look was asked for.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  private final List<DevicePart> parts;
  private final CommandDesk desk;
  private final ControlLink link;
  private final InstantSource clock;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition due = lock.newCondition();
  private Duration interval;
  private boolean wanted;
  private long look;

  Reporter(
      List<DevicePart> parts,
      CommandDesk desk,
      ControlLink link,
      InstantSource clock,
      Duration interval) {
    this.parts = parts;
    this.desk = desk;
    this.link = link;
    this.clock = clock;
    this.interval = interval;
    this.thread = Thread.ofPlatform().daemon().name("reporter").unstarted(this::report);
  }

  void start() {
    thread.start();
  }

  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  /** The control point wants another interval; nothing of sense: the old one stays. */
  void every(Duration wish) {
    lock.lock();
    try {
      if (wish.isPositive()) {
        interval = wish;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Something has changed. */
  void soon() {
    look(0);
  }

  /** Somebody looks. */
  void look(long number) {
    lock.lock();
    try {
      look = Math.max(look, number);
      wanted = true;
      due.signal();
    } finally {
      lock.unlock();
    }
  }

  private void report() {
    try {
      while (true) {
        long number = awaitDue();
        if (link.isUp()) {
          link.sendIfFree(FromAgent.newBuilder().setReport(read(number)).build());
        }
      }
    } catch (InterruptedException ending) {
      LOG.debug("no more reports: the agent ends");
    }
  }

  private long awaitDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = interval.toNanos();
      while (!wanted && left > 0) {
        left = due.awaitNanos(left);
      }
      wanted = false;
      return look;
    } finally {
      lock.unlock();
    }
  }

  /** What is true now. */
  Report read(long number) throws InterruptedException {
    var report = Report.newBuilder().setLook(number);
    for (var part : parts) {
      try {
        part.report(report);
      } catch (RuntimeException fault) {
        // The other parts are reported all the same; what is missing shows as unknown.
        LOG.error("cannot read {}", part.getClass().getSimpleName(), fault);
      }
    }
    return report.setAtMilliseconds(clock.millis()).addAllCommandsUnderWay(desk.underWay()).build();
  }
}
