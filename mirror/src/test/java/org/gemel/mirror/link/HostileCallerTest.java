package org.gemel.mirror.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a caller sends to a server: it gets what it may have, or is turned away with words. */
@Tag("B-40")
final class HostileCallerTest {
  private final Path folder;
  private HostilePeer peer;

  HostileCallerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void serve() throws Exception {
    Path served = Files.createDirectory(folder.resolve("served"));
    Files.writeString(folder.resolve("treasure"), "mine");
    Files.writeString(served.resolve("file"), "content");
    Files.createSymbolicLink(served.resolve("out"), folder);
    Files.createSymbolicLink(served.resolve("treasure"), folder.resolve("treasure"));
    Files.writeString(served.resolve("passwd"), "secret");
    peer = new HostilePeer(served, ServedVolume.Access.READ_ONLY);
  }

  @AfterEach
  void end() {
    peer.close();
  }

  @Test
  void noiseInsteadOfAGreetingIsTurnedAway() throws Exception {
    Random random = new Random(7);
    for (int length : new int[] {1, 31, 32, 200, 5000}) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      try (SocketChannel socket = peer.socket()) {
        socket.write(ByteBuffer.wrap(noise));
        socket.shutdownOutput();
        peer.logged("turned away");
      }
    }
    try (Connection sound = peer.greeted()) {
      assertThat(sound).isNotNull();
    }
  }

  @Test
  void aFrameLargerThanAgreedIsRefusedBeforeMemoryIsTakenForIt() throws Exception {
    for (int length : new int[] {1025, Integer.MAX_VALUE, -1}) {
      try (SocketChannel socket = peer.socket()) {
        ByteBuffer header = ByteBuffer.allocate(32).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, length).put(4, (byte) 1);
        socket.write(header);
        assertThat(peer.logged("turned away")).contains("a frame of at most 1024 bytes");
      }
    }
  }

  @Test
  void aFrameThatIsSentTwiceEndsTheConnection() throws Exception {
    List<byte[]> sent = new ArrayList<>();
    SocketChannel socket = peer.socket();
    PlainLink plain = new PlainLink(socket);
    Connection connection =
        new Connection(
            new ByteLink() {
              @Override
              public void write(ByteBuffer from) throws IOException {
                byte[] bytes = new byte[from.remaining()];
                from.get(from.position(), bytes);
                sent.add(bytes);
                plain.write(from);
              }

              @Override
              public void readFully(ByteBuffer into) throws IOException {
                plain.readFully(into);
              }

              @Override
              public void close() {
                plain.close();
              }
            });
    SecretProof.asCaller(connection, new LinkCredentials.Secret(new byte[32]));
    connection.admit();
    try (connection) {
      connection.send(FrameType.BEAT, 0);
      assertThat(peer.logged("turned away")).contains("BEAT, wanted a session");
    }
    try (SocketChannel again = peer.socket()) {
      // What one connection sent opens no other: the server's random number is another.
      again.write(ByteBuffer.wrap(sent.get(0)));
      again.write(ByteBuffer.wrap(sent.get(1)));
      assertThat(peer.logged("turned away")).contains("another secret");
    }
    Connection[] session = peer.session(true);
    session[1].send(FrameType.RELEASE, 0, out -> out.putInt(7));
    session[1].sealWith(0, 0);
    session[1].send(FrameType.RELEASE, 0, out -> out.putInt(7));
    assertThat(peer.logged("has ended")).contains("damaged, repeated");
  }

  @Test
  void namesThatLeadOutOfAFolderEndTheSession() throws Exception {
    for (String name : List.of("..", ".", "a/b", "../treasure", "", "x\0y")) {
      Connection line = peer.session(true)[1];
      line.send(FrameType.ASK, 1, out -> ask(Question.STATUS, name, out));
      assertThat(peer.logged("has ended"))
          .containsAnyOf("wanted 1 to 1024 bytes", "number of names");
    }
  }

  private static void ask(Question question, String name, ByteBuffer out) {
    out.putInt(question.code()).putInt(0).putInt(1).putInt(1);
    PackedForm.write(name.getBytes(StandardCharsets.UTF_8), out);
  }

  @Test
  void linksAreNotFollowedAndNoFileAboveIsAMarker() throws Exception {
    Connection line = peer.session(true)[1];
    TreePath out = TreePath.ROOT.child(EntryName.of("out"));
    line.send(
        FrameType.OPEN,
        1,
        to -> {
          to.putInt(1).putInt(0).putInt(1);
          PathForm.write(out, to);
        });
    assertThat(failure(line)).hasMessageContaining("out");
    line.send(
        FrameType.READ,
        2,
        to -> {
          to.putInt(0);
          PathForm.write(List.of(EntryName.of("treasure")), to);
        });
    ByteBuffer pack = line.receive(FrameType.PACK).payload();
    assertThat(pack.getInt()).isEqualTo(FileRecord.FAILED);
    pack.getInt();
    assertThat(Errno.is(FailureForm.read(pack), Errno.ELOOP)).isTrue();
    line.receive(FrameType.READ_END);
    for (String name : List.of("treasure", "passwd")) {
      line.send(FrameType.ASK, 3, to -> ask(Question.MARKER, name, to));
      assertThat(failure(line)).hasMessageContaining("begins with .gemel-");
    }
    Files.writeString(folder.resolve(".gemel-root"), "above the volume");
    line.send(FrameType.ASK, 4, to -> ask(Question.MARKER, ".gemel-root", to));
    assertThat(line.receive(FrameType.ANSWER).payload().getInt()).isZero();
  }

  private static IOException failure(Connection line) throws IOException {
    return FailureForm.read(line.receive(FrameType.FAILED).payload());
  }

  @Test
  void whatIsNotServedOrOnlyToReadIsRefused() throws Exception {
    assertThatThrownBy(() -> peer.session(false))
        .isInstanceOf(LinkRefusedException.class)
        .hasMessageContaining("read-only");
    assertThatThrownBy(() -> peer.session(true, "other", TreePath.ROOT))
        .hasMessageContaining("no volume 'other'");
    assertThatThrownBy(
            () -> peer.session(true, HostilePeer.VOLUME, TreePath.ROOT.child(EntryName.of("out"))))
        .isInstanceOf(IOException.class);
    try (Connection line = peer.greeted()) {
      line.send(FrameType.ATTACH, 0, out -> Words.write("00112233445566778899aabbccddeeff", out));
      assertThatThrownBy(() -> line.receive(FrameType.ATTACHED))
          .hasMessageContaining("a token of no session");
    }
  }

  @Test
  void requestsThatAreNoneAndFoldersNotHeldAreAnsweredWithWords() throws Exception {
    Connection line = peer.session(true)[1];
    line.send(FrameType.LIST, 1, out -> out.putInt(99));
    assertThat(failure(line)).hasMessageContaining("no folder of number 99");
    line.send(FrameType.ASK, 2, out -> out.putInt(77).putInt(0).putInt(0).putInt(0));
    assertThat(peer.logged("has ended")).contains("question 77");
    Connection[] cut = peer.session(true);
    cut[1].send(FrameType.READ, 1, out -> out.putInt(0).putInt(1_000_000));
    assertThat(peer.logged("has ended")).contains("number of names");
    Connection[] odd = peer.session(true);
    odd[1].send(FrameType.REPORT, 1);
    assertThat(peer.logged("has ended")).contains("found a frame REPORT, wanted a request");
  }

  @Test
  void partsOfAFileThatAreNoneEndTheSession() throws Exception {
    try (var large = new java.io.RandomAccessFile(folder.resolve("served/large").toFile(), "rw")) {
      large.setLength(HeldFile.LEAST);
    }
    List<Connection.Filler> wishes =
        List.of(
            out -> out.putInt(77),
            out -> out.putInt(HeldFile.HASHES),
            out -> out.putInt(HeldFile.HASHES).putLong(0),
            out -> out.putInt(HeldFile.HASHES).putLong(-1),
            out -> out.putInt(HeldFile.HASHES).putLong(Long.MAX_VALUE),
            out -> out.putInt(HeldFile.PARTS).putInt(0),
            out -> out.putInt(HeldFile.PARTS).putInt(-1).putInt(1),
            out -> out.putInt(HeldFile.PARTS).putInt(0).putInt(129),
            out -> out.putInt(HeldFile.PARTS).putInt(2).putInt(2),
            out -> out.putInt(HeldFile.PARTS).putInt(2).putInt(3).putInt(1).putInt(2));
    for (Connection.Filler wish : wishes) {
      Connection line = peer.session(true)[1];
      line.send(
          FrameType.READ,
          2,
          to -> {
            to.putInt(0);
            PathForm.write(List.of(EntryName.of("large")), to);
          });
      line.receive(FrameType.PACK);
      line.receive(FrameType.CHOOSE);
      line.send(FrameType.TAKE, 2, wish);
      assertThat(peer.logged("has ended")).contains("wanted");
    }
    try (Connection sound = peer.session(true)[1]) {
      assertThat(sound).isNotNull();
    }
  }

  @Test
  void aCallerThatSaysNothingIsClosedAfterAWhile() throws Exception {
    LinkTimes hasty =
        new LinkTimes(
            System::nanoTime,
            java.time.Duration.ofMillis(10),
            java.time.Duration.ofSeconds(30),
            java.time.Duration.ofMillis(50));
    try (MirrorServer server =
            MirrorServer.start(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0),
                new LinkCredentials.Secret(new byte[32]),
                List.of(),
                VolumeGuard.NONE,
                hasty,
                words -> {});
        SocketChannel silent = Sockets.connect(server.address(), 10_000)) {
      assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }
}
