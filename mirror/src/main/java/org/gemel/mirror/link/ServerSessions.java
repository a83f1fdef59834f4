package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gemel.mirror.Refusal;
import org.gemel.mirror.system.PackedForm.BrokenFormException;

/** The sessions of a server: says who may have one, and which a further line belongs to. */
final class ServerSessions implements AutoCloseable {
  private static final int MOST = 64;
  private static final int TOKEN = 16;
  private static final SecureRandom NUMBERS = new SecureRandom();

  private final Map<String, ServedVolume> volumes;
  private final VolumeGuard guard;
  private final LinkTimes times;
  private final Consumer<String> log;
  private final Map<String, ServerSession> open = new ConcurrentHashMap<>();

  ServerSessions(
      List<ServedVolume> volumes, VolumeGuard guard, LinkTimes times, Consumer<String> log) {
    this.volumes =
        volumes.stream().collect(Collectors.toMap(ServedVolume::name, Function.identity()));
    this.guard = guard;
    this.times = times;
    this.log = log;
  }

  /** Serves a connection whose caller is known, until it ends. */
  void serve(Greeting caller, Frame first, String from) throws IOException {
    switch (first.type()) {
      case OPEN_SESSION -> open(caller, SessionRequest.read(first.payload()), from);
      case ATTACH -> attach(caller, first.payload());
      default ->
          throw new BrokenFormException("found a frame " + first.type() + ", wanted a session");
    }
  }

  private void open(Greeting caller, SessionRequest request, String from) throws IOException {
    PassOrigin origin = new PassOrigin(caller.peer(), request.epoch());
    ServedVolume volume = allowed(request, origin);
    if (open.size() >= MOST) {
      throw new LinkRefusedException(
          "found " + MOST + " mirrors at work, wanted fewer: try again later");
    }
    byte[] token = new byte[TOKEN];
    NUMBERS.nextBytes(token);
    String key = HexFormat.of().formatHex(token);
    String words =
        "a mirror %s %s/%s by %s"
            .formatted(
                request.passHere() ? "from" : "onto",
                volume.name(),
                request.path(),
                caller.peer().orElse(from));
    ServerSession session =
        new ServerSession(
            caller, volume, request, () -> guard.refusal(volume.name(), origin), times);
    try {
      open.put(key, session);
      log.accept(words + " has begun");
      session.run(key);
    } finally {
      open.remove(key);
      session.end("the session has ended");
      log.accept(words + " has ended: " + session.words());
    }
  }

  private ServedVolume allowed(SessionRequest request, PassOrigin origin) throws IOException {
    ServedVolume volume = volumes.get(request.volume());
    // A volume one may not have looks like one that is not there.
    if (volume == null || !volume.isFor(origin.peer())) {
      throw new LinkRefusedException(
          "found no volume '"
              + Words.clean(request.volume())
              + "' for "
              + origin.peer().orElse("this caller")
              + ", wanted one that is served to it: see the volumes of the server's file");
    }
    if (request.passHere()) {
      return volume;
    }
    if (volume.access() != ServedVolume.Access.READ_WRITE) {
      throw new LinkRefusedException(
          "found the volume '" + volume.name() + "' read-only, wanted one that may be written");
    }
    Optional<Refusal> refusal = guard.refusal(volume.name(), origin);
    if (refusal.isPresent()) {
      throw new LinkRefusedException(refusal.get().reason());
    }
    return volume;
  }

  private void attach(Greeting caller, ByteBuffer in) throws IOException {
    ServerSession session = open.get(Words.read(in));
    if (session == null || !session.isOf(caller.peer())) {
      throw new LinkRefusedException("found a token of no session, wanted one that is open");
    }
    session.attach(caller.connection());
  }

  @Override
  public void close() {
    open.values().forEach(each -> each.end("the mirror server ends"));
  }
}
