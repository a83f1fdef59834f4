package org.gemel.control.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gemel.control.api.SeenAge;
import org.gemel.wire.protocol.DatabaseState;

/** What a database's state says of an earlier time, and of which. */
final class SeenAges {
  /** Less is how long reports and quick looks take; nobody would take it for old. */
  private static final Duration OLD = Duration.ofSeconds(10);

  private static final long MINUTES_FROM = 120;
  private static final long MINUTE = 60;

  private SeenAges() {}

  /**
   * Ages now.
   *
   * @param heard when the state was reported
   */
  static SeenAge of(DatabaseState database, Instant heard, Instant now) {
    Duration since = Duration.between(heard, now);
    Duration assets = since.plusMillis(database.getAssetsAgeMilliseconds());
    Duration definitions = since.plusMillis(database.getDefinitionsAgeMilliseconds());
    boolean counted = database.getAssets() >= 0;
    boolean read = !database.getDefinitions().isEmpty();
    List<String> old = new ArrayList<>();
    if (counted && assets.compareTo(OLD) > 0) {
      old.add("assets as of " + words(assets, now));
    }
    if (read && definitions.compareTo(OLD) > 0) {
      old.add("definitions as of " + words(definitions, now));
    }
    return new SeenAge(
        counted ? assets.toSeconds() : -1,
        read ? definitions.toSeconds() : -1,
        String.join("; ", old));
  }

  private static String words(Duration age, Instant now) {
    long seconds = age.toSeconds();
    return Times.ofDay(now.minus(age))
        + ", "
        + (seconds < MINUTES_FROM ? seconds + " s" : seconds / MINUTE + " min")
        + " ago";
  }
}
