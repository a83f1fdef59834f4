package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.gemel.mirror.MirrorReport.Outcome;

/**
 * Two trees with a large file, a pass to which files are large from 1 MiB on, and what a test looks
 * at. In memory, where files cannot share storage: else all of it would be shared.
 */
abstract class LargeFileTrees {
  static final int LARGE = 1024 * 1024;
  static final int BLOCK = 64 * 1024;
  static final int SIZE = 3 * LARGE + 12_345;

  final Path folder;
  final Trees trees;
  final Random random = new Random(54);
  boolean inPlace;
  boolean indexed = true;

  LargeFileTrees(Path folder) throws IOException {
    this.folder = folder;
    this.trees = Trees.in(folder);
    write("disk", 0, SIZE);
    Files.writeString(trees.source().resolve("small"), "small");
  }

  MirrorRequest request() {
    MirrorRequest request = trees.request().withInPlace(inPlace);
    return indexed ? request.withIndex(new MirrorIndex(folder.resolve("index"), true)) : request;
  }

  Counts mirror() {
    return run(request());
  }

  static Counts run(MirrorRequest request) {
    MirrorReport report = new Pass(request, MirrorListener.NONE, LARGE).run();
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    return report.counts();
  }

  List<Path> signatures() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("index/blocks"))) {
      return all.sorted().toList();
    }
  }

  void write(String name, long at, int bytes) throws IOException {
    writeTo(trees.source().resolve(name), at, bytes);
  }

  void writeTo(Path path, long at, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(at);
      file.write(content);
    }
  }

  Object inode(String name) throws IOException {
    return Files.getAttribute(trees.target().resolve(name), "unix:ino");
  }

  long allocated(String name) {
    return 512 * Long.parseLong(Shell.run(trees.target(), "stat -c %b \"$1\"", name).strip());
  }
}
