package org.gemel.control.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id (RFC 9106), in the usual text form {@code
 * $argon2id$v=19$m=..,t=..,p=..$salt$hash}, so that a later release can ask for more work and still
 * read what is there.
 *
 * <p>At most two are computed at once: each needs its memory, and a crowd of log-ins must not take
 * the control point's.
 */
final class PasswordHash {
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Semaphore atOnce = new Semaphore(2);
  private final int kibibytes;
  private final int passes;

  /** The work that OWASP asks for at least: 19 MiB, two passes. */
  PasswordHash() {
    this(19 * 1024, 2);
  }

  PasswordHash(int kibibytes, int passes) {
    this.kibibytes = kibibytes;
    this.passes = passes;
  }

  String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = compute(password, salt, kibibytes, passes, 1, HASH_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(kibibytes, passes, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  boolean matches(String password, String stored) {
    Matcher form = FORM.matcher(stored);
    if (!form.matches()) {
      throw new IllegalStateException(
          "found a password hash in an unknown form, wanted Argon2id: set the password again");
    }
    byte[] wanted = Base64.getDecoder().decode(form.group(5));
    byte[] found =
        compute(
            password,
            Base64.getDecoder().decode(form.group(4)),
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)),
            wanted.length);
    return MessageDigest.isEqual(wanted, found);
  }

  private byte[] compute(
      String password, byte[] salt, int memory, int iterations, int lanes, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(iterations)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    atOnce.acquireUninterruptibly();
    try {
      generator.generateBytes(password.getBytes(UTF_8), hash);
    } finally {
      atOnce.release();
    }
    return hash;
  }
}
