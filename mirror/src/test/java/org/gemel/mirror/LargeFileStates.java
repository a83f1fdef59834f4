package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.gemel.mirror.MirrorReport.Outcome;

/**
 * A large file that goes from one content to another and back, and what its name in the target may
 * show meanwhile.
 */
final class LargeFileStates {
  private static final int LARGE = 256 * 1024;
  private static final String NAME = "disk";

  /** In what the two contents differ, and how the change is brought. */
  enum Way {
    /** A few blocks; the file is made anew beside the old one. */
    REBUILT,
    /** The other content is more of the one. */
    APPENDED,
    /** A few blocks, and the length; written to the target's file. */
    PATCHED,
    /** The one is no file at all. */
    COPIED
  }

  private final Trees trees;
  private final Path index;
  private final Way way;
  private final byte[] one;
  private final byte[] other;
  private boolean atOther;
  private long time = 1_000_000;

  LargeFileStates(Path folder, Way way) throws IOException {
    this.trees = Trees.in(folder);
    this.index = folder.resolve("index");
    this.way = way;
    Random random = new Random(54);
    one = new byte[way == Way.COPIED ? 0 : 1_200_000];
    random.nextBytes(one);
    other = Arrays.copyOf(one, way == Way.REBUILT ? one.length : one.length + 700_000);
    byte[] change = new byte[100_000];
    random.nextBytes(change);
    switch (way) {
      case REBUILT, PATCHED -> {
        System.arraycopy(change, 0, other, 300_000, change.length);
        System.arraycopy(change, 0, other, other.length - change.length, change.length);
      }
      case APPENDED, COPIED -> {
        byte[] tail = new byte[700_000];
        random.nextBytes(tail);
        System.arraycopy(tail, 0, other, one.length, tail.length);
      }
    }
    Files.writeString(trees.source().resolve("beside"), "beside");
    write(one);
    complete("at first");
  }

  /** Gives the source its other content. */
  void change() throws IOException {
    atOther = !atOther;
    write(wanted());
  }

  private byte[] wanted() {
    return atOther ? other : one;
  }

  private void write(byte[] content) throws IOException {
    Path file = trees.source().resolve(NAME);
    if (way == Way.COPIED) {
      Files.deleteIfExists(file);
      if (content.length == 0) {
        return;
      }
    }
    Files.write(file, content);
    // Long ago, so that no pass waits for the clock.
    Files.setLastModifiedTime(file, FileTime.fromMillis(time += 1000));
  }

  MirrorReport mirror() {
    MirrorRequest request =
        trees.request().withInPlace(way == Way.PATCHED).withIndex(new MirrorIndex(index, true));
    return new Pass(request, MirrorListener.NONE, LARGE).run();
  }

  /** Lets a pass run that nothing disturbs: all must be right after it. */
  void complete(String when) {
    MirrorReport report = mirror();
    assertThat(report.outcome()).as("%s: %s", when, report).isEqualTo(Outcome.COMPLETE);
    assertThat(read()).as("after " + when).isEqualTo(wanted());
    assertThat(temporaries()).as("after " + when).isEmpty();
  }

  boolean isThere() {
    return Arrays.equals(read(), wanted());
  }

  /** The name shows the old content, the new one, or what the way permits. */
  void proveWhole(String when) {
    byte[] found = read();
    boolean whole = Arrays.equals(found, one) || Arrays.equals(found, other);
    boolean permitted =
        switch (way) {
          case APPENDED ->
              found.length > one.length
                  && found.length < other.length
                  && Arrays.equals(found, Arrays.copyOf(other, found.length));
          case PATCHED ->
              found.length == 0 && temporaries().stream().anyMatch(each -> each.contains("torn"));
          case REBUILT, COPIED -> false;
        };
    assertThat(whole || permitted).as("%s: torn, %d bytes", when, found.length).isTrue();
  }

  private byte[] read() {
    try {
      Path file = trees.target().resolve(NAME);
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> temporaries() {
    try (Stream<Path> all = Files.list(trees.target())) {
      return all.map(each -> each.getFileName().toString())
          .filter(each -> each.startsWith(".gemel-tmp-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
