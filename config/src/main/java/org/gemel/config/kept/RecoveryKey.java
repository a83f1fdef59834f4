package org.gemel.config.kept;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What opens the secrets among the files kept of a control point. They lie on volumes that many
 * machines mount, so they are sealed (AES-256-GCM, the place being sealed with the content); the
 * key is for paper, or for a safe, and is never on a storage system.
 */
public final class RecoveryKey {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] key;

  private RecoveryKey(byte[] key) {
    this.key = key;
  }

  /** A new one. */
  public static RecoveryKey create() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new RecoveryKey(key);
  }

  /**
   * Reads what {@link #text} wrote; spaces, line ends and dashes are as you like.
   *
   * @throws IllegalArgumentException in words, if it is no recovery key
   */
  public static RecoveryKey parse(String text) {
    var digits = text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{" + 2 * KEY_BYTES + "}")) {
      throw new IllegalArgumentException(
          "found %d characters, wanted a recovery key of %d hexadecimal digits, in groups as it was printed"
              .formatted(digits.length(), 2 * KEY_BYTES));
    }
    return new RecoveryKey(HexFormat.of().parseHex(digits));
  }

  /** To be printed and typed: groups of four digits. */
  public String text() {
    return HexFormat.of().formatHex(key).replaceAll("(.{4})(?!$)", "$1-");
  }

  /** Tells two keys apart, and nothing of either. */
  public String id() {
    var named = Arrays.copyOf(key, key.length + 1);
    return KeptFile.sha256(named).substring(0, 16);
  }

  /** Seals a file of a control point. */
  public KeptFile seal(KeptFile open) {
    var nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, open.place());
      var sealed = cipher.doFinal(open.content());
      var whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return new KeptFile(open.place(), open.mode(), true, whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES/GCM", e);
    }
  }

  /**
   * Opens a sealed file.
   *
   * @throws IOException in words, if it was sealed with another key or changed since
   */
  public KeptFile open(KeptFile sealed) throws IOException {
    var whole = sealed.content();
    try {
      if (whole.length < NONCE_BYTES) {
        throw new AEADBadTagException("too short");
      }
      var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE_BYTES), sealed.place());
      var open = cipher.doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
      return new KeptFile(sealed.place(), sealed.mode(), false, open);
    } catch (AEADBadTagException wrong) {
      throw new IOException(
          "found "
              + sealed.place()
              + " not sealed with this recovery key, wanted the key of the control point it was kept of",
          wrong);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES/GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, Path place) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return "RecoveryKey[***]";
  }
}
