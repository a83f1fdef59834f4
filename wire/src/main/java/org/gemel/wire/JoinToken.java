package org.gemel.wire;

import java.util.regex.Pattern;

/**
 * The one-time token with which a device joins: {@code <id>.<secret>.<fingerprint>}.
 *
 * <p>It works both ways: the secret shows the control point that the device may join, the
 * fingerprint of the authority shows the device that it speaks with the right control point. So the
 * secret is sent only to who has proven to be the one that gave it out.
 *
 * @param id names the token, small hex digits; not secret
 * @param secret letters, digits, '-' and '_'; kept out of {@link #toString} and of error texts
 * @param authority the certificate authority of the control point
 */
public record JoinToken(String id, String secret, Fingerprint authority) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{1,64}");
  private static final Pattern SECRET = Pattern.compile("[0-9A-Za-z_-]{16,256}");

  public JoinToken {
    if (!ID.matcher(id).matches()) {
      throw refused("an id that is not made of 1 to 64 digits 0-9, a-f");
    }
    if (!SECRET.matcher(secret).matches()) {
      throw refused("a secret that is not made of 16 to 256 letters and digits");
    }
  }

  /**
   * Reads what {@link #text} wrote; white space round it does not count.
   *
   * @throws IllegalArgumentException in words for a person, without the secret
   */
  public static JoinToken parse(String text) {
    String[] parts = text.strip().split("\\.", -1);
    if (parts.length != 3) {
      throw refused(parts.length + (parts.length == 1 ? " part" : " parts"));
    }
    Fingerprint authority;
    try {
      authority = new Fingerprint(parts[2]);
    } catch (IllegalArgumentException cut) {
      throw refused("a third part of " + parts[2].length() + " characters, not 64 digits 0-9, a-f");
    }
    return new JoinToken(parts[0], parts[1], authority);
  }

  /** The whole token, to be shown once. */
  public String text() {
    return id + "." + secret + "." + authority;
  }

  /** {@code <id>.<secret>}: what a join request carries, once the server has proven who it is. */
  public String credential() {
    return id + "." + secret;
  }

  @Override
  public String toString() {
    return "JoinToken[id=" + id + ", authority=" + authority + "]";
  }

  private static IllegalArgumentException refused(String found) {
    return new IllegalArgumentException(
        "found a join token with %s, wanted <id>.<secret>.<fingerprint>: copy the whole token as it was shown, or make a new one"
            .formatted(found));
  }
}
