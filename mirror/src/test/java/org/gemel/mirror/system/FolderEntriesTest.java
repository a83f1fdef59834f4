package org.gemel.mirror.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.gemel.mirror.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listing with and without what was known before. */
@Tag("M-54")
class FolderEntriesTest {
  /** More than one block of names, and more than one batch of files. */
  private static final String FILES =
      """
      long=$(printf '%0200d' 0)
      for i in $(seq 700); do : > $i-$long; done
      mkdir folder; ln -s nowhere link; : > ...; : > x
      """;

  @TempDir private Path path;

  @BeforeEach
  void fill() {
    Shell.run(path, FILES);
  }

  private EntryTable list(EntryTable known) throws SystemCallException {
    try (Folder folder = Folder.openRoot(path.toString())) {
      return folder.entries(
          EntryChoice.ALL,
          (name, errno) -> {
            throw SystemCallException.ofStatus(errno, name.toString());
          },
          known);
    }
  }

  private static String line(EntryTable table, int row) {
    return table.name(row) + " " + table.status(row) + " " + table.attributeBytes(row);
  }

  private static void proveSame(EntryTable found, EntryTable wanted) {
    assertThat(IntStream.range(0, found.size()).mapToObj(row -> line(found, row)))
        .containsExactlyElementsOf(
            IntStream.range(0, wanted.size()).mapToObj(row -> line(wanted, row)).toList());
  }

  @Test
  void allEntriesAreListedWithTheirTypes() throws SystemCallException {
    EntryTable table = list(EntryTable.EMPTY);
    assertThat(table.size()).isEqualTo(704);
    assertThat(table.type(table.find(EntryName.of("folder")))).isEqualTo(FileType.FOLDER);
    assertThat(table.type(table.find(EntryName.of("link")))).isEqualTo(FileType.SYMBOLIC_LINK);
    assertThat(table.type(table.find(EntryName.of("...")))).isEqualTo(FileType.FILE);
  }

  @Test
  void whatIsKnownOfEntriesThatStayedIsNotAskedAgain() throws SystemCallException {
    assumeTrue(Shell.has("setfattr"), "attr is not installed");
    Shell.run(path, "setfattr -n user.clip -v 17 x");
    EntryTable known = list(EntryTable.EMPTY);
    int attributes = known.attributeBytes(known.find(EntryName.of("x")));
    assumeTrue(attributes >= 0, "the kernel lists attributes by name from 6.13 on");
    assertThat(attributes).isEqualTo(10);
    assertThat(asked(known)).isZero();
    proveSame(list(known), known);

    Shell.run(path, "rm 9-*; : > 9; setfattr -n user.reel -v 3 ./...; setfattr -x user.clip x");
    assertThat(asked(known)).isEqualTo(3);
    proveSame(list(known), list(EntryTable.EMPTY));
  }

  /** How many entries' attributes a listing asks for. */
  private int asked(EntryTable known) throws SystemCallException {
    AtomicInteger asked = new AtomicInteger();
    try (var _ =
        InterposedKernel.install(
            call -> {
              asked.addAndGet(call.name().equals("listxattrat") ? 1 : 0);
              return Answer.TRUTH;
            })) {
      list(known);
    }
    return asked.get();
  }
}
