package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.gemel.mirror.Counts;
import org.gemel.mirror.Failure;
import org.gemel.mirror.ForeignChange;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.ParkedList;
import org.gemel.mirror.Refusal;
import org.gemel.mirror.ShrunkFolders;
import org.gemel.mirror.system.PackedForm;

/** How a pass ended, as bytes. */
final class ReportForm {
  private static final int FIXED = 14 * 8 + 16 + 4;
  private static final int ROOM_FOR_WORDS = 20 * 1024;

  private ReportForm() {}

  static void write(MirrorReport report, ByteBuffer out) {
    Counts counts = report.counts();
    EnumForm.write(report.outcome(), out);
    out.putLong(counts.files()).putLong(counts.directories()).putLong(counts.bytes());
    out.putLong(counts.created()).putLong(counts.updated()).putLong(counts.renamed());
    out.putLong(counts.metadata()).putLong(counts.deleted()).putLong(counts.skipped());
    out.putLong(counts.failed()).putLong(counts.bytesMoved()).putLong(counts.swept());
    out.putLong(counts.salvaged()).putLong(counts.foreign());
    out.putLong(report.elapsed().toNanos()).putLong(report.scanning().toNanos());
    out.putInt(report.refusal().isEmpty() ? 0 : report.refusal().get().flag().isEmpty() ? 1 : 2);
    report
        .refusal()
        .ifPresent(
            refusal -> {
              Words.write(refusal.reason(), out);
              refusal.flag().ifPresent(flag -> Words.write(flag, out));
            });
    out.put((byte) (report.parked().isPresent() ? 1 : 0));
    report.parked().ifPresent(parked -> write(parked, out));
    writeSome(
        report.foreign(),
        // So that there is room for why something failed.
        each -> 2 * ROOM_FOR_WORDS + PathForm.bytes(each.path()),
        each -> {
          EnumForm.write(each.kind(), out);
          PathForm.write(each.path(), out);
        },
        out);
    writeSome(
        report.failures(),
        each -> ROOM_FOR_WORDS + PathForm.bytes(each.path()),
        each -> {
          PathForm.write(each.path(), out);
          Words.write(each.reason(), out);
        },
        out);
  }

  static MirrorReport read(ByteBuffer in) throws IOException {
    Outcome outcome = EnumForm.read(in, Outcome.class);
    PackedForm.need(in, FIXED, "a report");
    Counts counts =
        new Counts(
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong());
    Duration elapsed = Duration.ofNanos(in.getLong());
    Duration scanning = Duration.ofNanos(in.getLong());
    int refused = in.getInt();
    boolean fits = (outcome == Outcome.REFUSED) == (refused != 0);
    PackedForm.require(fits && refused >= 0 && refused <= 2, "whether it was refused", refused);
    Optional<Refusal> refusal = Optional.empty();
    if (refused != 0) {
      String reason = Words.read(in);
      refusal =
          Optional.of(
              new Refusal(reason, refused == 2 ? Optional.of(Words.read(in)) : Optional.empty()));
    }
    PackedForm.need(in, 1, "whether something was parked");
    Optional<ParkedList> parked = in.get() == 1 ? Optional.of(parked(in)) : Optional.empty();
    List<ForeignChange> foreign =
        readSome(
            MirrorReport.FOREIGN_KEPT,
            "a number of changes",
            () -> new ForeignChange(EnumForm.read(in, ForeignChange.Kind.class), PathForm.read(in)),
            in);
    List<Failure> failures =
        readSome(
            Math.max(0, in.remaining() - 4) / 8,
            "a number of failures",
            () -> new Failure(PathForm.read(in), Words.read(in)),
            in);
    return new MirrorReport(
        outcome, refusal, counts, failures, elapsed, scanning, parked, ShrunkFolders.NONE, foreign);
  }

  /** As much of the list as fits; its hash is over all of it. */
  private static void write(ParkedList parked, ByteBuffer out) {
    out.putLong(parked.deletes()).putLong(parked.overwrites()).putLong(parked.bytes());
    Words.write(parked.hash(), out);
    writeSome(parked.first(), _ -> 2 * ROOM_FOR_WORDS, each -> Words.write(each, out), out);
  }

  private static ParkedList parked(ByteBuffer in) throws IOException {
    PackedForm.need(in, 24, "what was parked");
    long deletes = in.getLong();
    long overwrites = in.getLong();
    long bytes = in.getLong();
    String hash = Words.read(in);
    List<String> first =
        readSome(
            Math.max(0, in.remaining() - 4) / 4,
            "a number of parked entries",
            () -> Words.read(in),
            in);
    return new ParkedList(deletes, overwrites, bytes, first, hash);
  }

  /** Reads one of several. */
  private interface Reader<T> {
    T read() throws IOException;
  }

  /**
   * Writes a number, and as many as there is room for.
   *
   * @param room how much there must be for one
   */
  private static <T> void writeSome(
      List<T> all, ToIntFunction<T> room, Consumer<T> write, ByteBuffer out) {
    int countAt = out.position();
    out.putInt(0);
    int written = 0;
    for (T each : all) {
      if (out.remaining() < room.applyAsInt(each)) {
        break;
      }
      write.accept(each);
      written++;
    }
    out.putInt(countAt, written);
  }

  private static <T> List<T> readSome(int most, String what, Reader<T> reader, ByteBuffer in)
      throws IOException {
    PackedForm.need(in, 4, what);
    int count = in.getInt();
    PackedForm.require(count >= 0 && count <= most, what, count);
    List<T> some = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      some.add(reader.read());
    }
    return some;
  }
}
