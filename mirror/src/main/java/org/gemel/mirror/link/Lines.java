package org.gemel.mirror.link;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gemel.mirror.SourceLostException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a session over which requests are made, each by one thread at a time. Anything but a
 * sound answer in its order ends the session: after that nothing that was asked can be trusted to
 * be what is answered.
 */
final class Lines {
  private final Deque<Line> free = new ArrayDeque<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger folders = new AtomicInteger();
  private final List<Integer> released = new ArrayList<>();
  private final Session session;
  private @Nullable String lost;

  /** One line, and the number of the request on it. */
  record Line(int index, Connection connection) {}

  /** A request and its answer. */
  interface Exchange<T> {
    T over(Line line, int request) throws IOException;
  }

  Lines(Session session) {
    this.session = session;
    session.onEnd(this::end);
  }

  /** A line has been attached. */
  synchronized void add(Line line) {
    free.addLast(line);
    notifyAll();
  }

  /** A number for a folder that is to be held at the other end. */
  int nextFolder() {
    return folders.incrementAndGet();
  }

  /** Has a folder let go of with the next request. */
  synchronized void release(int folder) {
    released.add(folder);
  }

  /**
   * Makes a request on a free line.
   *
   * @throws IOException what the source answered
   * @throws SourceLostException if there was no answer
   */
  <T> T exchange(Exchange<T> exchange) throws IOException {
    Line line = take();
    try {
      releaseOver(line);
      return exchange.over(line, numbers.incrementAndGet());
    } catch (AnsweredException e) {
      throw e.failure();
    } catch (IOException e) {
      session.endForLine(e);
      throw new SourceLostException(lostWords());
    } finally {
      give(line);
    }
  }

  /** Tells the other end that the rest of an answer is not wanted. */
  void cancel(Line line, int request) {
    session.cancel(line.index(), request);
  }

  private void releaseOver(Line line) throws IOException {
    List<Integer> numbersNow;
    synchronized (this) {
      if (released.isEmpty()) {
        return;
      }
      numbersNow = List.copyOf(released.subList(0, Math.min(released.size(), 10_000)));
      released.subList(0, numbersNow.size()).clear();
    }
    line.connection()
        .send(FrameType.RELEASE, 0, out -> numbersNow.forEach(each -> out.putInt(each)));
  }

  private synchronized Line take() {
    boolean interrupted = false;
    while (free.isEmpty() && lost == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (lost != null) {
      throw new SourceLostException(lost);
    }
    return free.removeFirst();
  }

  private synchronized void give(Line line) {
    free.addFirst(line);
    notifyAll();
  }

  private synchronized void end(String words) {
    lost = "the link to the source was lost: " + words + "; run again to go on";
    notifyAll();
  }

  private synchronized String lostWords() {
    return lost == null ? "the link to the source was lost" : lost;
  }

  /** Carries what the source answered out of an exchange: the line is sound. */
  static final class AnsweredException extends IOException {
    private final IOException failure;

    AnsweredException(IOException failure) {
      super(failure);
      this.failure = failure;
    }

    IOException failure() {
      return failure;
    }
  }
}
