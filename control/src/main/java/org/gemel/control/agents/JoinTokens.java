package org.gemel.control.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.LedgerConflict;
import org.gemel.ledger.Versioned;

/**
 * One-time tokens with which a device joins. Only the hash of the secret is kept; a token is used
 * up by the versioned write that marks it used, so that of two who come with it at once one is
 * refused.
 */
public final class JoinTokens {
  private static final String FOLDER = "join-tokens";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Ledger ledger;
  private final TokenText text;

  /** Puts id and secret together with what lets the device know this control point. */
  public interface TokenText {
    String of(String id, String secret);
  }

  public JoinTokens(Ledger ledger, TokenText text) {
    this.ledger = ledger;
    this.text = text;
  }

  record JoinToken(String device, String secretHash, Instant until, boolean used) {}

  /** A new token, to be shown once. */
  public String make(String device, Instant until) {
    String id = random(8);
    String secret = random(24);
    ledger.create(key(id), new JoinToken(device, hash(secret), until, false));
    return text.of(id, secret);
  }

  /** Uses a token up; the device it is for, or empty if it is unknown, wrong, used or too old. */
  public Optional<String> use(String id, String secret, Instant now) {
    if (!id.matches("[0-9a-f]{1,64}")) {
      return Optional.empty();
    }
    Optional<Versioned<JoinToken>> found = ledger.read(key(id));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JoinToken token = found.get().value();
    boolean good =
        !token.used()
            && now.isBefore(token.until())
            && MessageDigest.isEqual(
                hash(secret).getBytes(UTF_8), token.secretHash().getBytes(UTF_8));
    if (!good) {
      return Optional.empty();
    }
    try {
      ledger.update(
          key(id),
          new JoinToken(token.device(), token.secretHash(), token.until(), true),
          found.get().version());
      return Optional.of(token.device());
    } catch (LedgerConflict usedByAnother) {
      return Optional.empty();
    }
  }

  private static Key<JoinToken> key(String id) {
    return new Key<>(FOLDER, id, JoinToken.class);
  }

  private static String random(int bytes) {
    byte[] value = new byte[bytes];
    RANDOM.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  private static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
