package org.gemel.agent.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The last line of a log: mostly what a program that died wanted to say. */
final class LastWords {
  private static final int LONGEST = 300;

  private LastWords() {}

  static String of(Path log) {
    ByteBuffer end = ByteBuffer.allocate(LONGEST);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      long at = Math.max(0, channel.size() - LONGEST);
      while (end.hasRemaining()) {
        int count = channel.read(end, at + end.position());
        if (count < 0) {
          break;
        }
      }
    } catch (IOException e) {
      return "its log " + log + " cannot be read (" + e.getMessage() + ")";
    }
    String text = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8).strip();
    String line = text.substring(text.lastIndexOf('\n') + 1);
    return line.isEmpty()
        ? "it wrote nothing to " + log
        : "the last line of " + log + " is: " + line;
  }
}
