package org.gemel.mirror.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedForm.BrokenFormException;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one pass: the first, over which the ends steer, and the lines for content. It
 * ends as a whole: if one fails, all are closed, and whoever waits on any of them is told.
 */
final class Session {
  static final int MOST_LINES = 16;

  private final Connection control;
  private final LinkTimes times;
  private final Liveness liveness;
  private final AtomicIntegerArray cancelled = new AtomicIntegerArray(MOST_LINES);
  private final List<Connection> lines = new ArrayList<>();
  private final List<Consumer<String>> enders = new ArrayList<>();
  private final List<Runnable> beats = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable String ended;

  /** What is done with a frame that is not the session's own. */
  interface Handler {
    /** Returns false when nothing more is to be received. */
    boolean handle(Frame frame) throws IOException;
  }

  Session(Connection control, LinkTimes times) {
    this.control = control;
    this.times = times;
    this.liveness = new Liveness(times.silence(), times.nanoTime().getAsLong());
  }

  Connection control() {
    return control;
  }

  /** Closes a line with the session; at once if it has ended. */
  synchronized void own(Connection line) {
    lines.add(line);
    if (ended != null) {
      line.close();
    }
  }

  synchronized void onEnd(Consumer<String> told) {
    if (ended != null) {
      told.accept(ended);
    } else {
      enders.add(told);
    }
  }

  /** Has something done at each beat. */
  synchronized void onBeat(Runnable task) {
    beats.add(task);
  }

  /** Begins to show signs of life, and to look for those of the other end. */
  void start(String name) {
    Thread.ofPlatform().daemon().name(name).start(this::beat);
  }

  private void beat() {
    while (!hasEnded()) {
      liveness.verdict(times.nanoTime().getAsLong(), control.sendingSince()).ifPresent(this::end);
      try {
        if (control.sendingSince() == Long.MAX_VALUE) {
          control.send(FrameType.BEAT, 0);
          tasks().forEach(Runnable::run);
        }
      } catch (IOException e) {
        end(LinkWords.of(e));
      }
      pause();
    }
  }

  private synchronized List<Runnable> tasks() {
    return List.copyOf(beats);
  }

  private void pause() {
    try {
      boolean unused = over.await(times.beat().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      end("interrupted");
    }
  }

  /** Receives on the first connection until the handler has enough or the session ends. */
  void receive(Handler handler) {
    try {
      boolean more = true;
      while (more) {
        Frame frame = control.receive();
        liveness.heard(times.nanoTime().getAsLong());
        switch (frame.type()) {
          case BEAT -> {}
          case CANCEL -> {
            long index = frame.argument();
            PackedForm.require(index >= 0 && index < MOST_LINES, "the number of a line", index);
            cancelled.set((int) index, frame.request());
          }
          case FAREWELL -> throw new IOException(Words.read(frame.payload()));
          default -> more = handler.handle(frame);
        }
      }
    } catch (IOException e) {
      end(LinkWords.of(e));
    }
  }

  /** Whether the other end does not want the rest of the answer to a request on a line. */
  boolean isCancelled(int line, int request) {
    return cancelled.get(line) == request;
  }

  void cancel(int line, int request) {
    try {
      control.sendArgument(FrameType.CANCEL, request, line);
    } catch (IOException e) {
      end(LinkWords.of(e));
    }
  }

  synchronized boolean hasEnded() {
    return ended != null;
  }

  /** Why it ended; empty words as long as it has not. */
  synchronized String words() {
    return ended == null ? "" : ended;
  }

  /** Ends it for what came over a line, unless the other end says why on the first connection. */
  void endForLine(IOException why) {
    if (!(why instanceof BrokenFormException)) {
      try {
        boolean unused = over.await(times.beat().toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    end(LinkWords.of(why));
  }

  /** Ends it; the first words count. */
  void end(String words) {
    List<Connection> open;
    List<Consumer<String>> told;
    synchronized (this) {
      if (ended != null) {
        return;
      }
      ended = words;
      open = List.copyOf(lines);
      told = List.copyOf(enders);
    }
    over.countDown();
    control.sayIfFree(FrameType.FAREWELL, words);
    control.close();
    open.forEach(Connection::close);
    told.forEach(each -> each.accept(words));
  }
}
