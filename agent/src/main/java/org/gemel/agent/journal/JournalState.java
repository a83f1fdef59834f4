package org.gemel.agent.journal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What the frames add up to. A command is begun, or finished, or gone; the acting epoch never
 * falls.
 */
final class JournalState {
  private record Settled(Command command, Outcome outcome) {}

  private final Map<String, Command> begun = new LinkedHashMap<>();
  private final Map<String, Settled> finished = new LinkedHashMap<>();
  private long epoch;

  static Frame frame(Frame.Kind kind, Message message) {
    return new Frame(kind, message.toByteString());
  }

  static Frame forgotten(String command) {
    return new Frame(Frame.Kind.FORGOTTEN, ByteString.copyFromUtf8(command));
  }

  static Frame epoch(long epoch) {
    return new Frame(
        Frame.Kind.EPOCH, ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, epoch)));
  }

  void apply(Frame frame) throws InvalidProtocolBufferException {
    switch (frame.kind()) {
      case BEGUN -> {
        Command command = Command.parseFrom(frame.content());
        begun.put(command.getId(), command);
        raise(command.getActingEpoch());
      }
      case FINISHED -> {
        Outcome outcome = Outcome.parseFrom(frame.content());
        Command command = begun.remove(outcome.getCommand());
        if (command == null) {
          throw new IllegalStateException("an outcome without a command: " + outcome.getCommand());
        }
        finished.put(outcome.getCommand(), new Settled(command, outcome));
      }
      case FORGOTTEN -> finished.remove(frame.content().toStringUtf8());
      case EPOCH -> raise(frame.content().asReadOnlyByteBuffer().getLong());
    }
  }

  /** All that must be remembered, as few frames as possible. */
  List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    frames.add(epoch(epoch));
    finished.values().forEach(it -> frames.add(frame(Frame.Kind.BEGUN, it.command())));
    begun.values().forEach(it -> frames.add(frame(Frame.Kind.BEGUN, it)));
    finished.values().forEach(it -> frames.add(frame(Frame.Kind.FINISHED, it.outcome())));
    return frames;
  }

  /** What is to be done with a command that comes in now. */
  Begun look(Command command) {
    String id = command.getId();
    if (id.isEmpty()) {
      return refused(
          command, "found a command without an id, wanted one: give it an id of its own");
    }
    Settled settled = finished.get(id);
    Command known = settled == null ? begun.get(id) : settled.command();
    if (known != null && !sameAction(known, command)) {
      return refused(
          command,
          "found command id "
              + id
              + " for "
              + command.getActionCase()
              + ", wanted what this id was given for before, "
              + known.getActionCase()
              + " with other content: give a new command a new id");
    }
    // Before the epoch: the same id has the same outcome, whoever asks.
    if (settled != null) {
      return new Begun.Finished(settled.outcome());
    }
    if (isOlder(command.getActingEpoch())) {
      return refused(
          command,
          "found a command of the control point of epoch "
              + Long.toUnsignedString(command.getActingEpoch())
              + ", wanted one of epoch "
              + Long.toUnsignedString(epoch)
              + " or later: another control point acts now, give the command there");
    }
    return known == null ? new Begun.Fresh() : new Begun.Again();
  }

  boolean isOlder(long other) {
    return Long.compareUnsigned(other, epoch) < 0;
  }

  boolean isNewer(long other) {
    return Long.compareUnsigned(other, epoch) > 0;
  }

  long epoch() {
    return epoch;
  }

  boolean isBegun(String command) {
    return begun.containsKey(command);
  }

  @Nullable Outcome outcome(String command) {
    Settled settled = finished.get(command);
    return settled == null ? null : settled.outcome();
  }

  List<Command> unfinished() {
    return List.copyOf(begun.values());
  }

  List<Outcome> outcomes() {
    return finished.values().stream().map(Settled::outcome).toList();
  }

  private void raise(long heard) {
    if (isNewer(heard)) {
      epoch = heard;
    }
  }

  /**
   * A successor repeats the commands of the one before it under its own epoch; that is no other
   * command.
   */
  private static boolean sameAction(Command known, Command command) {
    return known.toBuilder()
        .clearActingEpoch()
        .build()
        .equals(command.toBuilder().clearActingEpoch().build());
  }

  private static Begun refused(Command command, String words) {
    return new Begun.Refused(
        Outcome.newBuilder().setCommand(command.getId()).setDone(false).setWords(words).build());
  }
}
