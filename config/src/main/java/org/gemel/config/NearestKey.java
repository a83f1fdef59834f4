package org.gemel.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known key, or other word, that a mistyped one was probably meant to be. */
public final class NearestKey {
  private NearestKey() {}

  /** Empty if none is near enough to be meant. */
  public static Optional<String> of(String found, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(key -> distance(found, key)))
        .filter(key -> distance(found, key) <= Math.max(2, key.length() / 2));
  }

  /** Letters to insert, remove or replace; case and dashes are not counted. */
  private static int distance(String left, String right) {
    var a = plain(left);
    var b = plain(right);
    var above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      var row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }

  private static String plain(String key) {
    return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
