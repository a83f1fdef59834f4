package org.gemel.agent.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gemel.agent.base.DurableFile;
import org.gemel.core.Side;
import org.gemel.mirror.EndedPass;
import org.gemel.mirror.PassHistory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last passes of each profile, a line of JSON each, for people and other programs to read. A
 * line is on disk before the next pass of its profile begins; what a crash left half written is
 * dropped. When the file has grown to twice what is kept it is written anew.
 *
 * <p>A history that cannot be written stops no mirror: it says so, and goes on in memory.
 */
final class FolderHistory implements PassHistory {
  /** Of each profile. */
  static final int KEPT = 200;

  private static final int WORDS_KEPT = 500;

  /** Takes lines that an older program wrote, which counted less. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private final Path folder;
  private final Path file;
  private final Map<String, Deque<EndedPass>> passes = new TreeMap<>();
  private int lines;
  private volatile String trouble = "";

  /** Reads what is there. */
  FolderHistory(Path stateFolder) {
    this.folder = stateFolder;
    this.file = stateFolder.resolve("folder-history.jsonl");
    try {
      read();
    } catch (IOException e) {
      trouble = words(e);
    }
  }

  private void read() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    boolean damaged = !text.isEmpty() && !text.endsWith("\n");
    for (String line : text.lines().toList()) {
      try {
        keep(whole(JSON.readValue(line, EndedPass.class)));
      } catch (JacksonException | IllegalArgumentException torn) {
        // Cut off by a crash, or not ours: nothing can be known from it, and the rest is whole.
        damaged = true;
      }
    }
    if (damaged) {
      rewrite();
    } else {
      lines = Math.toIntExact(text.lines().count());
    }
  }

  private static EndedPass whole(@Nullable EndedPass read) {
    if (read == null
        || Stream.of(
                read.profile(),
                read.from(),
                read.begun(),
                read.ended(),
                read.outcome(),
                read.counts(),
                read.words())
            .anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a line that does not say all of a pass");
    }
    return read;
  }

  private void keep(EndedPass pass) {
    Deque<EndedPass> own = passes.computeIfAbsent(pass.profile(), _ -> new ArrayDeque<>());
    own.addLast(pass);
    if (own.size() > KEPT) {
      own.removeFirst();
    }
  }

  @Override
  public synchronized void ended(EndedPass pass) {
    EndedPass bounded = bounded(pass);
    keep(bounded);
    try {
      if (lines >= 2 * Math.max(KEPT, kept())) {
        rewrite();
      } else {
        append(line(bounded));
      }
      trouble = "";
    } catch (IOException e) {
      trouble = words(e);
    }
  }

  private static EndedPass bounded(EndedPass pass) {
    return pass.words().length() <= WORDS_KEPT
        ? pass
        : new EndedPass(
            pass.profile(),
            pass.from(),
            pass.begun(),
            pass.ended(),
            pass.outcome(),
            pass.counts(),
            pass.words().substring(0, WORDS_KEPT) + "…",
            pass.scrubbed());
  }

  private void append(byte[] line) throws IOException {
    boolean fresh = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    }
    if (fresh) {
      DurableFile.syncFolder(folder);
    }
    lines++;
  }

  private void rewrite() throws IOException {
    var content = new ByteArrayOutputStream();
    List<EndedPass> all = passes.values().stream().flatMap(Deque::stream).sorted(byEnd()).toList();
    for (EndedPass pass : all) {
      content.write(line(pass));
    }
    DurableFile.replace(file, content.toByteArray());
    lines = all.size();
  }

  private static byte[] line(EndedPass pass) {
    return (JSON.writeValueAsString(pass) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private int kept() {
    return passes.values().stream().mapToInt(Deque::size).sum();
  }

  private static Comparator<EndedPass> byEnd() {
    return Comparator.comparing(EndedPass::ended);
  }

  private static String words(IOException e) {
    return "found the history of passes not kept ("
        + e
        + "), wanted it on disk: see to the state folder";
  }

  /**
   * The passes that ended last, newest first.
   *
   * @param profile of this one only; of all if empty
   */
  synchronized List<EndedPass> newest(Optional<String> profile, int limit) {
    return passes.entrySet().stream()
        .filter(each -> profile.isEmpty() || profile.get().equals(each.getKey()))
        .flatMap(each -> each.getValue().stream())
        .sorted(byEnd().reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<EndedPass> lastComplete(String profile, Side from) {
    return passes.getOrDefault(profile, new ArrayDeque<>()).stream()
        .filter(pass -> pass.from() == from && pass.equal() && pass.scrubbed().isEmpty())
        .reduce((_, later) -> later);
  }

  /** Why it is not kept; empty if it is. Waits for no disk: reports must come in time. */
  String trouble() {
    return trouble;
  }
}
