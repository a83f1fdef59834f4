package org.gemel.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads messages of {@code pgoutput}, protocol 1, as "Logical Replication Message Formats" of
 * PostgreSQL's manual lays them down. The session's {@code client_encoding} is UTF-8, always.
 */
final class LogMessages {
  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final ByteBuffer bytes;

  private LogMessages(byte[] message) {
    bytes = ByteBuffer.wrap(message);
  }

  static LogMessage read(byte[] message) {
    return new LogMessages(message).read();
  }

  private LogMessage read() {
    char kind = (char) bytes.get();
    return switch (kind) {
      case 'B' -> {
        bytes.getLong(); // the position of the commit
        yield new LogMessage.Begin(POSTGRES_EPOCH.plus(Duration.ofNanos(bytes.getLong() * 1000)));
      }
      case 'R' -> relation();
      case 'I', 'U', 'D' -> change(bytes.getInt());
      case 'T' -> truncate();
      case 'C', 'O', 'Y', 'M' -> new LogMessage.Other();
      default ->
          throw new IllegalStateException(
              "found a message '" + kind + "' of pgoutput, wanted one of protocol 1");
    };
  }

  private LogMessage relation() {
    int id = bytes.getInt();
    text(); // the schema: the catalogue of now says how the table is called now
    text();
    char identity = (char) bytes.get();
    int count = bytes.getShort();
    List<String> columns = new ArrayList<>();
    List<Boolean> identifying = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      identifying.add((bytes.get() & 1) == 1);
      columns.add(text());
      bytes.getLong(); // type and modifier
    }
    return new LogMessage.Relation(id, identity, columns, identifying);
  }

  private LogMessage change(int relation) {
    List<LogMessage.Value> before = null;
    List<LogMessage.Value> after = null;
    while (bytes.hasRemaining()) {
      if ((char) bytes.get() == 'N') {
        after = row();
      } else {
        before = row();
      }
    }
    return new LogMessage.Change(relation, before, after);
  }

  private LogMessage truncate() {
    int count = bytes.getInt();
    bytes.get(); // CASCADE, RESTART IDENTITY
    List<Integer> relations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      relations.add(bytes.getInt());
    }
    return new LogMessage.Truncate(relations);
  }

  private List<LogMessage.Value> row() {
    int count = bytes.getShort();
    List<LogMessage.Value> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(
          switch ((char) bytes.get()) {
            case 'n' -> new LogMessage.Value(true, null);
            case 't' -> new LogMessage.Value(true, text(bytes.getInt()));
            default -> new LogMessage.Value(false, null);
          });
    }
    return values;
  }

  private String text(int length) {
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, UTF_8);
  }

  private String text() {
    int start = bytes.position();
    int end = start;
    while (bytes.get(end) != 0) {
      end++;
    }
    String text = text(end - start);
    bytes.get();
    return text;
  }
}
