package org.gemel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two devices on one line, whichever TLS each of them has. */
class PeerEnginesTest {
  private static final int ROOM = 64 * 1024;

  private final Facility facility = new Facility();
  private final ByteBuffer toCalled = ByteBuffer.allocateDirect(ROOM);
  private final ByteBuffer toCalling = ByteBuffer.allocateDirect(ROOM);

  @ParameterizedTest
  @CsvSource({"OPENSSL,OPENSSL", "OPENSSL,JDK", "JDK,OPENSSL", "JDK,JDK"})
  void devicesOfOneAuthorityKnowEachOther(SslProvider one, SslProvider other) throws Exception {
    SSLEngine calling = new PeerEngines(facility.device("nas-x"), one).calling();
    SSLEngine called = new PeerEngines(facility.device("nas-y"), other).called();
    shakeHands(calling, called);
    assertThat(calling.getSession().getPeerPrincipal().getName()).contains("CN=nas-y");
    assertThat(called.getSession().getPeerPrincipal().getName()).contains("CN=nas-x");
    assertThat(called.getSession().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(carried(calling, called, "content")).isEqualTo("content");
  }

  @ParameterizedTest
  @CsvSource({"OPENSSL,OPENSSL", "OPENSSL,JDK", "JDK,OPENSSL"})
  void aDeviceOfAnotherAuthorityIsRefused(SslProvider one, SslProvider other) throws Exception {
    SSLEngine calling = new PeerEngines(new Facility().device("nas-x"), one).calling();
    SSLEngine called = new PeerEngines(facility.device("nas-y"), other).called();
    assertThatThrownBy(() -> shakeHands(calling, called)).isInstanceOf(SSLException.class);
  }

  private String carried(SSLEngine from, SSLEngine to, String text) throws SSLException {
    toCalled.clear();
    from.wrap(direct(text), toCalled);
    ByteBuffer out = ByteBuffer.allocateDirect(ROOM);
    toCalled.flip();
    to.unwrap(toCalled, out);
    return StandardCharsets.UTF_8.decode(out.flip()).toString();
  }

  private static ByteBuffer direct(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private void shakeHands(SSLEngine calling, SSLEngine called) throws SSLException {
    calling.beginHandshake();
    called.beginHandshake();
    for (int turn = 0; turn < 60; turn++) {
      step(calling, toCalling, toCalled);
      step(called, toCalled, toCalling);
    }
  }

  @BeforeAll
  static void both() {
    assumeTrue(OpenSsl.isAvailable(), "BoringSSL is not made for this machine: Java's TLS is used");
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    switch (engine.getHandshakeStatus()) {
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocateDirect(0), out);
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      }
      default -> {
        in.flip();
        // Also without anything new: what came may wait for the task that was just done.
        engine.unwrap(in, ByteBuffer.allocateDirect(ROOM));
        in.compact();
      }
    }
  }
}
