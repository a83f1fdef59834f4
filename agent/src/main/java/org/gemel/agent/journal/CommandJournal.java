package org.gemel.agent.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Remembers commands over any crash, so that each is done once and its outcome is known for ever.
 *
 * <p>The order is: {@link #begin}, act, {@link #finish}, tell. Each is on disk when the call comes
 * back, so nobody acts on a command that could be forgotten, and nobody is told of an outcome that
 * could be another one after a crash. Safe for use by several threads; one agent at a time.
 *
 * <p>Every method that writes throws {@link IOException} if the disk does not take it. Nothing has
 * been journalled then, and nothing may be acted on.
 */
public final class CommandJournal implements AutoCloseable {
  private static final long WORTH_COMPACTING = 1 << 20;

  private final FileChannel lock;
  private final JournalFile file;
  private final JournalState state = new JournalState();
  private final long worthCompacting;
  private long compactAt;

  /**
   * Opens the journal in a folder, which is made if it is missing.
   *
   * @throws JournalDamagedException if it is damaged otherwise than by a crash
   */
  public CommandJournal(Path folder) throws IOException {
    this(folder, WORTH_COMPACTING);
  }

  CommandJournal(Path folder, long worthCompacting) throws IOException {
    this.worthCompacting = worthCompacting;
    this.compactAt = worthCompacting;
    Files.createDirectories(folder);
    lock = lock(folder.resolve("commands.lock"));
    JournalFile opened = null;
    try {
      List<Frame> frames = new ArrayList<>();
      opened = JournalFile.open(folder.resolve("commands.journal"), frames);
      for (Frame frame : frames) {
        state.apply(frame);
      }
      file = opened;
      compactIfWorthIt();
    } catch (IOException | RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      lock.close();
      throw e;
    }
  }

  /** Takes a command on, if it is to be done; when this comes back it will not be forgotten. */
  public synchronized Begun begin(Command command) throws IOException {
    Begun begun = state.look(command);
    switch (begun) {
      case Begun.Fresh() -> record(JournalState.frame(Frame.Kind.BEGUN, command));
      case Begun.Again() -> hear(command.getActingEpoch());
      case Begun.Finished(Outcome outcome) -> hear(command.getActingEpoch());
      case Begun.Refused(Outcome outcome) -> {}
    }
    return begun;
  }

  /**
   * Settles what became of a command that was begun. The same outcome again changes nothing.
   *
   * @throws IllegalStateException if the command was not begun, or has another outcome already
   */
  public synchronized void finish(Outcome outcome) throws IOException {
    Outcome known = state.outcome(outcome.getCommand());
    if (known != null && known.equals(outcome)) {
      return;
    }
    if (known != null || !state.isBegun(outcome.getCommand())) {
      throw new IllegalStateException(
          "command '" + outcome.getCommand() + "' cannot be finished: its outcome is " + known);
    }
    record(JournalState.frame(Frame.Kind.FINISHED, outcome));
  }

  /**
   * The control point keeps the outcome of this command; it need not be kept here.
   *
   * @return false if there is no outcome to forget: it is forgotten already, or what was seen was a
   *     refusal; a command under way stays known
   */
  public synchronized boolean forget(String command) throws IOException {
    if (state.outcome(command) == null) {
      return false;
    }
    record(JournalState.forgotten(command));
    // Only forgetting makes waste; and here nothing hangs on it when a full disk forbids a second
    // file.
    compactIfWorthIt();
    return true;
  }

  /**
   * Hears of the epoch of the control point that acts: commands of older ones are refused from now
   * on.
   */
  public synchronized void hear(long actingEpoch) throws IOException {
    if (state.isNewer(actingEpoch)) {
      record(JournalState.epoch(actingEpoch));
    }
  }

  /** The highest acting epoch ever heard of; unsigned, 0 for none. */
  public synchronized long actingEpoch() {
    return state.epoch();
  }

  /** Commands that were begun and have no outcome, in the order they were begun. */
  public synchronized List<Command> unfinished() {
    return state.unfinished();
  }

  /** Outcomes the control point has not yet kept, in the order they were settled. */
  public synchronized List<Outcome> unseenOutcomes() {
    return state.outcomes();
  }

  @Override
  public synchronized void close() throws IOException {
    try (lock) {
      file.close();
    }
  }

  private void record(Frame frame) throws IOException {
    file.append(frame);
    state.apply(frame);
  }

  private void compactIfWorthIt() throws IOException {
    if (file.length() >= compactAt) {
      file.rewrite(state.frames());
      compactAt = Math.max(worthCompacting, 2 * file.length());
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IOException(
          "found "
              + file
              + " locked, wanted this agent to be the only one on its folder: another one runs, end"
              + " it first");
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
