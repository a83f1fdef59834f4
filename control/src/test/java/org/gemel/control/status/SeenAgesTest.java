package org.gemel.control.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.gemel.control.api.SeenAge;
import org.gemel.control.fake.FakeDatabases;
import org.gemel.control.site.Reality;
import org.gemel.core.Side;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody takes an old count for one of now. */
@Tag("M-11")
final class SeenAgesTest {
  private final FakeDatabases databases = new FakeDatabases();

  private SeenAge seen() {
    return DatabaseStatuses.side(new Reality(databases, 0), Side.X).database().seen();
  }

  @Test
  void whatWasNeverSeenHasNoAge() {
    assertThat(seen()).isEqualTo(SeenAge.UNKNOWN);
    databases.fallsSilent(Side.X);
    assertThat(seen()).isEqualTo(SeenAge.UNKNOWN);
  }

  @Test
  void whatWasSeenJustNowNeedsNoWords() {
    databases.says(
        Side.X,
        state ->
            state
                .setAssets(4812)
                .setAssetsAgeMilliseconds(9_000)
                .setDefinitions("d")
                .setDefinitionsAgeMilliseconds(100));
    assertThat(seen()).isEqualTo(new SeenAge(9, 0, ""));
  }

  @Test
  void whatIsOldSaysFromWhenItIs() {
    databases.says(Side.X, state -> state.setAssets(4812).setAssetsAgeMilliseconds(40_000));
    String at = Times.ofDay(databases.now().minusSeconds(40));
    assertThat(seen()).isEqualTo(new SeenAge(40, -1, "assets as of " + at + ", 40 s ago"));
    databases.says(
        Side.X, state -> state.setDefinitions("d").setDefinitionsAgeMilliseconds(750_000));
    assertThat(seen().words())
        .startsWith("assets as of " + at + ", 40 s ago; definitions as of ")
        .endsWith(", 12 min ago");
  }
}
