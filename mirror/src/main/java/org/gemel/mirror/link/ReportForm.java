package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    writeForeign(report.foreign(), out);
    int countAt = out.position();
    out.putInt(0);
    int written = 0;
    for (Failure each : report.failures()) {
      if (out.remaining() < ROOM_FOR_WORDS + PathForm.bytes(each.path())) {
        break;
      }
      PathForm.write(each.path(), out);
      Words.write(each.reason(), out);
      written++;
    }
    out.putInt(countAt, written);
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
    List<ForeignChange> foreign = foreign(in);
    return new MirrorReport(
        outcome,
        refusal,
        counts,
        failures(in),
        elapsed,
        scanning,
        parked,
        ShrunkFolders.NONE,
        foreign);
  }

  /** As many of them as fit, so that there is room for why something failed. */
  private static void writeForeign(List<ForeignChange> changes, ByteBuffer out) {
    int countAt = out.position();
    out.putInt(0);
    int written = 0;
    for (ForeignChange each : changes) {
      if (out.remaining() < 2 * ROOM_FOR_WORDS + PathForm.bytes(each.path())) {
        break;
      }
      EnumForm.write(each.kind(), out);
      PathForm.write(each.path(), out);
      written++;
    }
    out.putInt(countAt, written);
  }

  private static List<ForeignChange> foreign(ByteBuffer in) throws IOException {
    PackedForm.need(in, 4, "a number of changes");
    int count = in.getInt();
    PackedForm.require(
        count >= 0 && count <= MirrorReport.FOREIGN_KEPT, "a number of changes", count);
    List<ForeignChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(
          new ForeignChange(EnumForm.read(in, ForeignChange.Kind.class), PathForm.read(in)));
    }
    return changes;
  }

  /** As much of the list as fits; its hash is over all of it. */
  private static void write(ParkedList parked, ByteBuffer out) {
    out.putLong(parked.deletes()).putLong(parked.overwrites()).putLong(parked.bytes());
    Words.write(parked.hash(), out);
    int countAt = out.position();
    out.putInt(0);
    int written = 0;
    for (String each : parked.first()) {
      if (out.remaining() < 2 * ROOM_FOR_WORDS) {
        break;
      }
      Words.write(each, out);
      written++;
    }
    out.putInt(countAt, written);
  }

  private static ParkedList parked(ByteBuffer in) throws IOException {
    PackedForm.need(in, 24, "what was parked");
    long deletes = in.getLong();
    long overwrites = in.getLong();
    long bytes = in.getLong();
    String hash = Words.read(in);
    PackedForm.need(in, 4, "a number of parked entries");
    int count = in.getInt();
    PackedForm.require(
        count >= 0 && count <= in.remaining() / 4, "a number of parked entries", count);
    List<String> first = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      first.add(Words.read(in));
    }
    return new ParkedList(deletes, overwrites, bytes, first, hash);
  }

  private static List<Failure> failures(ByteBuffer in) throws IOException {
    PackedForm.need(in, 4, "a number of failures");
    int count = in.getInt();
    PackedForm.require(count >= 0 && count <= in.remaining() / 8, "a number of failures", count);
    List<Failure> failures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      failures.add(new Failure(PathForm.read(in), Words.read(in)));
    }
    return failures;
  }
}
