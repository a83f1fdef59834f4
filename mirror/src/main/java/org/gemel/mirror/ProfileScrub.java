package org.gemel.mirror;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * One profile's scrub while it is mirrored in one direction; goes on where it was when it was last.
 * What it finds is made equal before it goes on, and its place is saved only after that: a restart
 * finds again what was not repaired.
 */
final class ProfileScrub {
  private static final Duration BETWEEN_SAVES = Duration.ofSeconds(10);

  /** A file system's clock may lag behind. */
  private static final Duration CLOCKS = Duration.ofSeconds(1);

  private static final Duration BEFORE_NEXT_TRY = Duration.ofMinutes(1);

  private final ProfilePasses passes;
  private final ScrubPlan plan;
  private final MirrorHost host;
  private final ReentrantLock atWork = new ReentrantLock();
  private final List<Difference> found = new ArrayList<>();
  private final Side main;
  private @Nullable Scrub scrub;
  private Instant saved = Instant.MIN;
  private boolean ending;
  private final ScrubBook book;

  ProfileScrub(ProfilePasses passes, ScrubPlan plan, Side main, MirrorHost host) {
    this.passes = passes;
    this.plan = plan;
    this.main = main;
    this.host = host;
    this.book = new ScrubBook(plan.store(main), host.guard().epoch(main), host.clock().instant());
  }

  /** When it wants to go on. */
  Instant due() {
    return book.due();
  }

  ScrubStatus status() {
    return book.status(plan.text().words());
  }

  /** Lets what is at work end soon. */
  void stop() {
    Scrub current;
    synchronized (this) {
      current = scrub;
    }
    if (current != null) {
      current.stop();
    }
  }

  /** Returns once it is not at work. */
  @SuppressWarnings(
      "LockNotBeforeTry") // Nothing is done under the lock: to have got it is all that is wanted.
  void awaitEnd() {
    atWork.lock();
    atWork.unlock();
  }

  /**
   * Goes on as long as its rate and who calls allow it.
   *
   * @param mayGoOn whether nobody else wants the disks
   * @param stop whether it is to end at once
   */
  void run(BooleanSupplier mayGoOn, BooleanSupplier stop) {
    atWork.lock();
    try {
      Instant now = host.clock().instant();
      while (!stop.getAsBoolean() && mayGoOn.getAsBoolean() && !book.due().isAfter(now)) {
        Instant due = step(now, stop);
        book.due(due);
        now = host.clock().instant();
      }
    } catch (RuntimeException | Error e) {
      // An executor would keep a fault of the engine to itself.
      book.stuck("the scrub broke off by a fault of its own: " + e);
      book.due(host.clock().instant().plus(BEFORE_NEXT_TRY));
      throw e;
    } finally {
      atWork.unlock();
    }
  }

  private Instant step(Instant now, BooleanSupplier stop) {
    if (host.guard().refusal(main).isPresent()) {
      return now.plus(BEFORE_NEXT_TRY); // The passes say why.
    }
    Optional<Instant> mirrored = passes.mirroredUntil(now);
    if (mirrored.isEmpty()) {
      return now.plus(CLOCKS); // Before a pass has made them equal there is nothing to compare.
    }
    Instant next = now;
    if (found.isEmpty()) {
      book.notStuck();
      Scrub current = current();
      current.goOn();
      if (stop.getAsBoolean()) {
        return now;
      }
      next = current.step(now, mirrored.get().minus(CLOCKS));
      current.state().ifPresent(book::at);
    }
    if (!found.isEmpty() && !repair(stop)) {
      return now.plus(BEFORE_NEXT_TRY);
    }
    boolean ended = ending;
    if (ended) {
      ending = false;
      book.ended(now);
    }
    if (ended || !now.isBefore(saved.plus(BETWEEN_SAVES)) || now.isBefore(saved)) {
      saved = now;
      book.save();
    }
    return next;
  }

  /** The round's scrub; each has the rate that its tree's size asks for. */
  private Scrub current() {
    Scrub current = scrub;
    if (current == null || current.state().filter(ScrubState::over).isPresent()) {
      current =
          new Scrub(
              plan.options(passes.profile(), main, passes.bytesExpected()),
              book.place(),
              host.guard().epoch(main),
              new Heard());
      synchronized (this) {
        scrub = current;
      }
    }
    return current;
  }

  /** Whether it has been tried to the end. */
  private boolean repair(BooleanSupplier stop) {
    List<Difference> differing = List.copyOf(found);
    MirrorReport report = passes.repair(main, differing, stop);
    switch (report.outcome()) {
      case REFUSED, STOPPED -> {
        book.stuck(differing.size() + " found to differ are not repaired: " + report.summary());
        return false;
      }
      case COMPLETE -> book.repaired(differing.size());
      case INCOMPLETE -> {
        book.repaired(Math.max(0, differing.size() - report.counts().failed()));
        book.failed(
            differing.size() + " found to differ are not all repaired: " + report.summary());
      }
    }
    found.clear();
    return true;
  }

  private final class Heard implements ScrubListener {
    @Override
    public void differ(List<Difference> differences) {
      found.addAll(differences);
    }

    @Override
    public void roundEnded(ScrubState round) {
      ending = true;
    }

    @Override
    public void certified(EqualityCertificate certificate) {
      try {
        book.certified(certificate);
      } catch (IOException e) {
        book.failed("the certificate of equality cannot be kept: " + e);
      }
    }

    @Override
    public void failed(Failure failure) {
      if (failure.path().isRoot()) {
        book.stuck(failure.reason());
      } else {
        book.failed(failure.path() + " cannot be compared: " + failure.reason());
      }
    }
  }
}
