package org.gemel.mirror.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.PackedAttributes;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that lies: nothing gets outside the target, and no file is put that is not whole. */
@Tag("B-40")
final class HostileSourceTest {
  private final Path folder;
  private Path target;
  private FileStatus fileStatus;
  private FileStatus folderStatus;
  private HostilePeer peer;

  HostileSourceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void serve() throws Exception {
    target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(target.resolve("file"), "old");
    Files.writeString(folder.resolve("sample"), "0123456789");
    try (Folder here = Folder.openRoot(folder.toString())) {
      folderStatus = here.status();
      fileStatus = here.status(EntryName.of("sample"));
    }
    peer = new HostilePeer(target, ServedVolume.Access.READ_WRITE);
  }

  @AfterEach
  void end() {
    peer.close();
  }

  /** Answers one request for the root, with the entries given. */
  private void root(Connection line, FileStatus status, Connection.Filler entries)
      throws Exception {
    open(line, line.receive(), status, entries);
  }

  private static void open(
      Connection line, Frame open, FileStatus status, Connection.Filler entries) throws Exception {
    line.send(
        FrameType.OPENED,
        open.request(),
        out -> {
          PackedStatus.write(status, out);
          PackedAttributes.write(ExtendedAttributes.NONE, out);
        });
    boolean withList = open.payload().getInt(open.payload().position() + 8) == 1;
    if (withList) {
      listing(line, open.request(), entries);
    }
  }

  private static void listing(Connection line, int request, Connection.Filler entries)
      throws Exception {
    line.send(FrameType.ENTRIES, request, entries);
    line.send(FrameType.LISTED, request, out -> out.putInt(0).putInt(0));
  }

  private void entry(String name, FileStatus status, ByteBuffer out) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    out.putInt(bytes.length).putInt(0);
    out.putInt(1).putInt(0).putInt(0).putInt(0100644);
    out.putLong(1).putLong(status.size()).putLong(8).putLong(5).putLong(0).putLong(5).putLong(0);
    out.putLong(5).putInt(0).putInt(0).putLong(1);
    out.put(bytes);
  }

  private void targetIsUntouched() throws Exception {
    assertThat(target.resolve("file")).hasContent("old");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("target", "sample");
  }

  @Test
  void namesThatLeadOutAreNoEntries() throws Exception {
    for (String name : new String[] {"..", "../out", "a/b", ".", "n\0l"}) {
      Connection[] session = peer.session(false);
      root(
          session[1],
          folderStatus,
          out -> {
            out.putInt(1);
            entry(name, fileStatus, out);
          });
      assertThat(peer.logged("has ended")).contains("a name that means an entry of its folder");
    }
    targetIsUntouched();
  }

  @Test
  void aListingThatIsOutOfOrderOrLongerThanItsFrameIsNone() throws Exception {
    Connection[] session = peer.session(false);
    root(
        session[1],
        folderStatus,
        out -> {
          out.putInt(2);
          entry("b", fileStatus, out);
          entry("a", fileStatus, out);
        });
    assertThat(peer.logged("has ended")).contains("names in their order");
    session = peer.session(false);
    root(session[1], folderStatus, out -> out.putInt(2_000_000_000));
    assertThat(peer.logged("has ended")).contains("a number of entries");
    targetIsUntouched();
  }

  /** Answers listings of a root that holds one file until its content is asked for. */
  private Frame untilRead(Connection line) throws Exception {
    Connection.Filler one =
        out -> {
          out.putInt(1);
          entry("file", fileStatus, out);
        };
    root(line, folderStatus, one);
    while (true) {
      Frame frame = line.receive();
      switch (frame.type()) {
        case OPEN -> open(line, frame, folderStatus, one);
        case LIST, LOOK -> listing(line, frame.request(), one);
        case ASK -> {
          int question = frame.payload().getInt();
          line.send(
              FrameType.ANSWER,
              frame.request(),
              out -> {
                if (question == Question.ATTRIBUTES.code()
                    || question == Question.FOLDER_ATTRIBUTES.code()) {
                  PackedAttributes.write(ExtendedAttributes.NONE, out);
                } else {
                  PackedStatus.write(folderStatus, out);
                }
              });
        }
        case RELEASE -> {}
        default -> {
          return frame;
        }
      }
    }
  }

  private void head(ByteBuffer out) {
    out.putInt(FileRecord.FILE).putInt(0);
    PackedStatus.write(fileStatus, out);
    PackedAttributes.write(ExtendedAttributes.NONE, out);
  }

  @Test
  void contentThatWasDamagedOnTheWayIsNotPut() throws Exception {
    Connection[] session = peer.session(false);
    Frame read = untilRead(session[1]);
    assertThat(read.type()).isEqualTo(FrameType.READ);
    int request = read.request();
    session[1].send(
        FrameType.PACK,
        request,
        out -> {
          head(out);
          out.putInt(FileRecord.DATA)
              .putInt(10)
              .putLong(0)
              .put("0123456789".getBytes(StandardCharsets.UTF_8));
          out.putInt(FileRecord.END).putInt(FileRecord.STILL).putLong(12345);
        });
    session[1].send(FrameType.READ_END, request);
    untilRest(session[1]);
    Frame report = HostilePeer.next(session[0]);
    assertThat(report.type()).isEqualTo(FrameType.REPORT);
    MirrorReport told = ReportForm.read(report.payload());
    assertThat(told.outcome()).isEqualTo(MirrorReport.Outcome.INCOMPLETE);
    assertThat(told.failures().getFirst().reason()).contains("not what was read at the source");
    targetIsUntouched();
    assertThat(target.toFile().list()).containsExactly("file");
  }

  private void untilRest(Connection line) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (true) {
                  Frame frame = line.receive();
                  if (frame.type() == FrameType.ASK) {
                    line.send(
                        FrameType.ANSWER,
                        frame.request(),
                        out -> PackedStatus.write(folderStatus, out));
                  }
                }
              } catch (java.io.IOException over) {
                // The session has ended.
              }
            });
  }

  @Test
  void piecesBeyondTheFileOrOutOfOrderEndTheSession() throws Exception {
    for (long[] piece :
        new long[][] {{5, 10}, {-1, 5}, {Long.MAX_VALUE - 2, 5}, {0, 0}, {0, 2_000_000_000}}) {
      Connection[] session = peer.session(false);
      Frame read = untilRead(session[1]);
      session[1].send(
          FrameType.PACK,
          read.request(),
          out -> {
            head(out);
            out.putInt(FileRecord.DATA).putInt((int) piece[1]).putLong(piece[0]);
            out.put(new byte[(int) Math.min(piece[1], 10)]);
          });
      assertThat(peer.logged("has ended")).containsAnyOf("a piece that follows", "a piece");
      targetIsUntouched();
      assertThat(target.toFile().list()).containsExactly("file");
    }
  }

  /** From now on the file is a large one, of which the target has a beginning of zeros. */
  private Frame untilHeld(Connection line) throws Exception {
    try (var sample = new java.io.RandomAccessFile(folder.resolve("sample").toFile(), "rw");
        var part =
            new java.io.RandomAccessFile(
                target.resolve(".gemel-tmp-0123456789abcdef-part-0-file").toFile(), "rw");
        Folder here = Folder.openRoot(folder.toString())) {
      sample.setLength(HeldFile.LEAST);
      part.setLength(2L * BlockHashes.BLOCK);
      Files.setPosixFilePermissions(
          target.resolve(".gemel-tmp-0123456789abcdef-part-0-file"),
          PosixFilePermissions.fromString("rw-------"));
      fileStatus = here.status(EntryName.of("sample"));
    }
    Frame read = untilRead(line);
    line.send(FrameType.PACK, read.request(), this::head);
    return read;
  }

  /** The same, and what the target has of it is the same in the source. */
  private Frame untilCompared(Connection line) throws Exception {
    Frame read = untilHeld(line);
    line.send(FrameType.CHOOSE, read.request());
    line.receive(FrameType.TAKE);
    line.send(
        FrameType.HASHES,
        read.request(),
        out -> zeros(new BlockHashes(2L * BlockHashes.BLOCK), out));
    line.send(FrameType.CHOOSE, read.request());
    return read;
  }

  private static void zeros(BlockHashes hashes, ByteBuffer out) {
    for (int i = 0; i < hashes.count(); i++) {
      hashes.putZeros(i);
    }
    hashes.write(0, hashes.count(), out);
  }

  @Test
  void contentOfALargeFileThatNobodyAskedForEndsTheSession() throws Exception {
    Connection[] session = peer.session(false);
    Frame read = untilHeld(session[1]);
    session[1].send(FrameType.CONTENT, read.request(), out -> out.putLong(7));
    assertThat(peer.logged("has ended")).contains("found a piece at 0");
    targetIsUntouched();
  }

  @Test
  void hashesThatWereNotAskedForEndTheSession() throws Exception {
    for (long[] hashes : new long[][] {{0, 1}, {0, 3}, {0, 0}, {1, 2}, {-1, 2}}) {
      Connection[] session = peer.session(false);
      Frame read = untilHeld(session[1]);
      session[1].send(FrameType.CHOOSE, read.request());
      ByteBuffer wish = session[1].receive(FrameType.TAKE).payload();
      assertThat(wish.getInt()).isEqualTo(HeldFile.HASHES);
      assertThat(wish.getLong()).isEqualTo(2L * BlockHashes.BLOCK);
      ByteBuffer out = session[1].begin();
      zeros(new BlockHashes(hashes[1] * BlockHashes.BLOCK), out);
      session[1].finish(FrameType.HASHES, read.request(), hashes[0]);
      assertThat(peer.logged("has ended")).contains("wanted hashes");
      targetIsUntouched();
    }
  }

  @Test
  void blocksThatWereNotAskedForEndTheSession() throws Exception {
    Connection[] session = peer.session(false);
    Frame read = untilCompared(session[1]);
    ByteBuffer wish = session[1].receive(FrameType.TAKE).payload();
    assertThat(wish.getInt()).isEqualTo(HeldFile.PARTS);
    assertThat(wish.getInt()).as("the first block it lacks").isEqualTo(2);
    session[1].send(FrameType.CONTENT, read.request(), out -> out.putLong(7));
    assertThat(peer.logged("has ended")).contains("a block asked for");
    targetIsUntouched();
  }

  @Test
  void aLargeFileWhosePartsAreNotWhatWasReadIsNotPut() throws Exception {
    Connection[] session = peer.session(false);
    Frame read = untilCompared(session[1]);
    session[1].receive(FrameType.TAKE);
    session[1].send(FrameType.CHOOSE, read.request());
    assertThat(session[1].receive(FrameType.TAKE).payload().getInt()).isEqualTo(HeldFile.END);
    session[1].send(
        FrameType.PACK,
        read.request(),
        out -> out.putInt(FileRecord.END).putInt(FileRecord.STILL).putLong(12345));
    session[1].send(FrameType.READ_END, read.request());
    untilRest(session[1]);
    MirrorReport told = ReportForm.read(HostilePeer.next(session[0]).payload());
    assertThat(told.outcome()).isEqualTo(MirrorReport.Outcome.INCOMPLETE);
    assertThat(told.failures().getFirst().reason()).contains("not what was read at the source");
    targetIsUntouched();
  }

  @Test
  void wordsFromThePeerCannotSteerATerminal() throws Exception {
    ByteBuffer words = ByteBuffer.allocate(100);
    Words.write("all fine\u001b[2J\nroot: logged in\u202e", words);
    assertThat(Words.read(words.flip())).doesNotContain("\u001b", "\n", "\u202e");
  }

  @Test
  void mutatedFormsAreReadOrRefusedAndNothingElse() throws Exception {
    java.util.Random random = new java.util.Random(11);
    ByteBuffer sound = ByteBuffer.allocate(4096).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (String name : new String[] {"a", "bb", "ccc"}) {
      entry(name, fileStatus, sound);
    }
    sound.flip();
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[sound.limit() - (round % 3 == 0 ? random.nextInt(200) : 0)];
      sound.get(0, bytes);
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      var reader = new org.gemel.mirror.system.PackedEntries.Reader();
      try {
        reader.read(3, ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN));
        for (int row = 0; row < 3; row++) {
          assertThat(reader.table().name(row)).isNotNull();
          assertThat(reader.table().status(row).type()).isNotNull();
        }
      } catch (PackedForm.BrokenFormException refused) {
        assertThat(refused.getMessage()).contains("wanted");
      }
    }
  }
}
