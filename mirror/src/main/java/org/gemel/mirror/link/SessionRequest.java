package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gemel.mirror.DeletePolicy;
import org.gemel.mirror.FilterRules;
import org.gemel.mirror.Marker;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.PassSafety;
import org.gemel.mirror.RateLimit;
import org.gemel.mirror.SalvageLimits;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.VolumeShare;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.TreePath;

/**
 * What a caller wants of a server.
 *
 * @param passHere whether the pass runs at the caller, from the server's volume; else at the
 *     server, onto its volume
 * @param lines how many lines the caller will attach
 * @param bytesPerSecond the most the server may send; 0 for no limit
 * @param packed whether content is compressed on the way
 * @param epoch the caller's role epoch, where it has one
 * @param pass what the pass is to do; its roots mean nothing to the other end
 */
record SessionRequest(
    boolean passHere,
    String volume,
    TreePath path,
    int lines,
    long bytesPerSecond,
    boolean packed,
    OptionalLong epoch,
    MirrorRequest pass) {
  private static final int MOST_PATTERNS = 10_000;
  private static final TreeRoot ELSEWHERE = new TreeRoot("at the other end");

  void write(ByteBuffer out) {
    truth(passHere, out);
    Words.write(volume, out);
    PathForm.write(path, out);
    out.putInt(lines);
    out.putLong(bytesPerSecond);
    truth(packed, out);
    number(epoch, out);
    EnumForm.write(pass.deletes(), out);
    number(pass.allowDelete(), out);
    truth(pass.marker().isPresent(), out);
    pass.marker().ifPresent(marker -> write(marker, out));
    texts(pass.filters().excludes().stream().map(Object::toString).toList(), out);
    texts(pass.filters().includes().stream().map(Object::toString).toList(), out);
    truth(pass.checksum(), out);
    truth(pass.dryRun(), out);
    write(pass.safety(), out);
  }

  static SessionRequest read(ByteBuffer in) throws IOException {
    boolean passHere = truth(in);
    String volume = Words.read(in);
    TreePath path = PathForm.read(in);
    PackedForm.need(in, 12, "lines and rate");
    int lines = in.getInt();
    PackedForm.require(lines > 0 && lines <= Session.MOST_LINES, "1 to 16 lines", lines);
    long bytesPerSecond = in.getLong();
    PackedForm.require(bytesPerSecond >= 0, "a rate", bytesPerSecond);
    boolean packed = truth(in);
    OptionalLong epoch = number(in);
    DeletePolicy policy = EnumForm.read(in, DeletePolicy.class);
    OptionalLong allowDelete = number(in);
    Optional<Marker> marker = truth(in) ? Optional.of(marker(in)) : Optional.empty();
    MirrorRequest pass =
        new MirrorRequest(
            ELSEWHERE,
            ELSEWHERE,
            policy,
            allowDelete,
            marker,
            filters(texts(in), texts(in)),
            truth(in),
            truth(in),
            Optional.empty(),
            safety(in),
            false,
            RateLimit.NONE,
            0);
    return new SessionRequest(passHere, volume, path, lines, bytesPerSecond, packed, epoch, pass);
  }

  private static void write(Marker marker, ByteBuffer out) {
    Words.write(marker.fileName(), out);
    for (Optional<String> each : List.of(marker.source(), marker.target())) {
      truth(each.isPresent(), out);
      Words.write(each.orElse(""), out);
    }
  }

  private static Marker marker(ByteBuffer in) throws IOException {
    String fileName = Words.read(in);
    try {
      MarkerRule.require(EntryName.of(fileName));
    } catch (IllegalArgumentException e) {
      throw new PackedForm.BrokenFormException(String.valueOf(e.getMessage()));
    }
    return new Marker(fileName, optional(in), optional(in));
  }

  /** What the target's end has to know of it: lists are written, and remembered, at the caller. */
  private static void write(PassSafety safety, ByteBuffer out) {
    SalvageLimits salvage = safety.salvage();
    Words.write(salvage.size().toString(), out);
    Words.write(salvage.leastFree().toString(), out);
    out.putLong(salvage.age().toSeconds());
    number(safety.allowOverwrite(), out);
    truth(safety.approved().isPresent(), out);
    Words.write(safety.approved().orElse(""), out);
  }

  private static PassSafety safety(ByteBuffer in) throws IOException {
    VolumeShare size = share(in);
    VolumeShare leastFree = share(in);
    PackedForm.need(in, 8, "an age");
    long age = in.getLong();
    PackedForm.require(age >= 0, "an age", age);
    OptionalLong allowOverwrite = number(in);
    Optional<String> approved = optional(in);
    return new PassSafety(
        new SalvageLimits(size, Duration.ofSeconds(age), leastFree),
        allowOverwrite,
        approved,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static VolumeShare share(ByteBuffer in) throws IOException {
    try {
      return VolumeShare.parse(Words.read(in));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new PackedForm.BrokenFormException(Words.clean(String.valueOf(e.getMessage())));
    }
  }

  private static Optional<String> optional(ByteBuffer in) throws IOException {
    boolean present = truth(in);
    String words = Words.read(in);
    return present ? Optional.of(words) : Optional.empty();
  }

  private static FilterRules filters(List<String> excludes, List<String> includes)
      throws IOException {
    try {
      return FilterRules.of(excludes, includes);
    } catch (IllegalArgumentException e) {
      throw new PackedForm.BrokenFormException(Words.clean(String.valueOf(e.getMessage())));
    }
  }

  private static void texts(List<String> texts, ByteBuffer out) {
    out.putInt(texts.size());
    texts.forEach(each -> Words.write(each, out));
  }

  private static List<String> texts(ByteBuffer in) throws IOException {
    PackedForm.need(in, 4, "a number of patterns");
    int count = in.getInt();
    PackedForm.require(count >= 0 && count <= MOST_PATTERNS, "a number of patterns", count);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(Words.readExactly(in));
    }
    return texts;
  }

  private static void number(OptionalLong number, ByteBuffer out) {
    truth(number.isPresent(), out);
    out.putLong(number.orElse(0));
  }

  private static OptionalLong number(ByteBuffer in) throws IOException {
    boolean present = truth(in);
    PackedForm.need(in, 8, "a number");
    long value = in.getLong();
    return present ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private static void truth(boolean truth, ByteBuffer out) {
    out.put((byte) (truth ? 1 : 0));
  }

  private static boolean truth(ByteBuffer in) throws IOException {
    PackedForm.need(in, 1, "yes or no");
    int value = in.get();
    PackedForm.require(value == 0 || value == 1, "yes or no", value);
    return value == 1;
  }
}
