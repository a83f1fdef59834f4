package org.gemel.control.api;

import java.util.List;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * The browse services.
 *
 * @param activeOn the side all of them run on and point at; null where they do not agree or do not
 *     run
 */
public record BrowseStatus(Lamp lamp, @Nullable Side activeOn, String words, List<Host> hosts) {

  /**
   * One service on its host; {@code pointsAt} is null where its configuration is neither variant.
   */
  public record Host(
      String device,
      String service,
      Lamp lamp,
      String state,
      @Nullable Side pointsAt,
      String words) {}
}
