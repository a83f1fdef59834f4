package org.gemel.control.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Server-sent events to one client, on the request's own virtual thread: it writes, waits for a
 * change, and writes again until the client or the server goes. The beat lets both ends notice a
 * dead connection.
 */
final class EventStream {
  private static final Duration BEAT = Duration.ofSeconds(5);

  /** Between two writes at least, so that a storm of changes does not become one of pages. */
  private static final Duration PAUSE = Duration.ofMillis(150);

  /** What is written after a change. */
  interface Source {
    void write(EventStream stream) throws IOException;
  }

  private final OutputStream out;

  private EventStream(OutputStream out) {
    this.out = out;
  }

  /** Serves until the client is gone, the server stops, or {@code entitled} says no. */
  static void serve(Context context, Changes changes, BooleanSupplier entitled, Source source) {
    context.res().setContentType("text/event-stream");
    context.res().setCharacterEncoding("UTF-8");
    context.res().setHeader("X-Accel-Buffering", "no");
    try {
      var stream = new EventStream(context.res().getOutputStream());
      while (!changes.isClosed()) {
        if (!entitled.getAsBoolean()) {
          stream.send("ended", "");
          return;
        }
        long seen = changes.version();
        source.write(stream);
        stream.send("beat", "");
        changes.await(seen, BEAT);
        Thread.sleep(PAUSE);
      }
    } catch (IOException clientIsGone) {
      // The ordinary end of a stream: the page was closed. A page that is still there opens
      // another.
      return;
    } catch (InterruptedException e) {
      // The server stops; the client comes back when it is there again.
      Thread.currentThread().interrupt();
    }
  }

  void send(String event, String data) throws IOException {
    StringBuilder text = new StringBuilder("event: ").append(event).append('\n');
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    if (data.isEmpty()) {
      text.append("data:\n");
    }
    out.write(text.append('\n').toString().getBytes(UTF_8));
    out.flush();
  }
}
