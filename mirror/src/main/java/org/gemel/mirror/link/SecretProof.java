package org.gemel.mirror.link;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.gemel.mirror.system.PackedForm;

/**
 * Both ends prove to each other that they know the secret, without saying it: HMAC-SHA256 over both
 * ends' random numbers, with a word that says whose proof it is, so none can be sent back or used
 * again. The keys of the frames' checks come from the same numbers.
 */
final class SecretProof {
  private static final int RANDOM = 32;
  private static final int PROOF = 32;
  private static final byte[] VERSION = "gemel-link-3".getBytes(US_ASCII);
  private static final SecureRandom NUMBERS = new SecureRandom();

  private SecretProof() {}

  static void asCaller(Connection connection, LinkCredentials.Secret secret) throws IOException {
    byte[] mine = random();
    connection.send(FrameType.HELLO, 0, out -> out.put(VERSION).put(mine));
    ByteBuffer challenge = connection.receive(FrameType.CHALLENGE).payload();
    PackedForm.require(
        challenge.remaining() == RANDOM + PROOF, "a challenge", challenge.remaining());
    byte[] theirs = take(challenge, RANDOM);
    require(take(challenge, PROOF), prove(secret, "server", mine, theirs));
    connection.send(FrameType.PROOF, 0, out -> out.put(prove(secret, "caller", mine, theirs)));
    connection.receive(FrameType.WELCOME);
    ByteBuffer keys = ByteBuffer.wrap(prove(secret, "keys", mine, theirs));
    connection.sealWith(keys.getLong(0), keys.getLong(8));
  }

  static void asServer(Connection connection, LinkCredentials.Secret secret) throws IOException {
    ByteBuffer hello = connection.receive(FrameType.HELLO).payload();
    PackedForm.require(
        hello.remaining() == VERSION.length + RANDOM, "a greeting", hello.remaining());
    if (!MessageDigest.isEqual(take(hello, VERSION.length), VERSION)) {
      throw new IOException("found another protocol, wanted gemel-link-3: upgrade the older end");
    }
    byte[] theirs = take(hello, RANDOM);
    byte[] mine = random();
    byte[] proof = prove(secret, "server", theirs, mine);
    connection.send(FrameType.CHALLENGE, 0, out -> out.put(mine).put(proof));
    ByteBuffer answer = connection.receive(FrameType.PROOF).payload();
    PackedForm.require(answer.remaining() == PROOF, "a proof", answer.remaining());
    try {
      require(take(answer, PROOF), prove(secret, "caller", theirs, mine));
    } catch (LinkRefusedException e) {
      connection.send(
          FrameType.REFUSED, 0, out -> Words.write(String.valueOf(e.getMessage()), out));
      throw e;
    }
    connection.send(FrameType.WELCOME, 0);
    ByteBuffer keys = ByteBuffer.wrap(prove(secret, "keys", theirs, mine));
    connection.sealWith(keys.getLong(8), keys.getLong(0));
  }

  private static void require(byte[] found, byte[] wanted) throws LinkRefusedException {
    if (!MessageDigest.isEqual(found, wanted)) {
      throw new LinkRefusedException(
          "found a peer with another secret, wanted the same at both ends: copy the secret's file");
    }
  }

  private static byte[] prove(
      LinkCredentials.Secret secret, String whose, byte[] caller, byte[] server) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
      mac.update(VERSION);
      mac.update(whose.getBytes(US_ASCII));
      mac.update(caller);
      mac.update(server);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] take(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  private static byte[] random() {
    byte[] bytes = new byte[RANDOM];
    NUMBERS.nextBytes(bytes);
    return bytes;
  }
}
