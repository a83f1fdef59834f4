package org.gemel.control.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Component;
import org.gemel.core.Side;

/** The devices of the pair and what they said last. */
public interface Site {
  /**
   * A device that said nothing for this long is not believed any more: it counts as unreachable.
   */
  Duration SILENCE = Duration.ofMillis(2_500);

  Instant now();

  List<DeviceDocument> devices();

  /** The last that was heard of a device, however old. */
  Optional<Heard> heard(String device);

  /**
   * Asks every connected device to read its state anew; what {@link #heard} returns afterwards
   * counts as that look's answer once its report carries at least this number.
   */
  long look();

  default boolean reachable(String device) {
    return heard(device)
        .map(h -> h.connected() && Duration.between(h.at(), now()).compareTo(SILENCE) <= 0)
        .orElse(false);
  }

  default List<DeviceDocument> carrying(Component component) {
    return devices().stream().filter(d -> d.carries(component)).toList();
  }

  /**
   * The dedicated device of a side that carries a component.
   *
   * @throws IllegalStateException in words for the operator, if the side has none or several
   */
  default DeviceDocument dedicated(Side side, Component component) {
    List<DeviceDocument> found =
        carrying(component).stream().filter(d -> d.side() == side).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          "found "
              + found.size()
              + " devices that are "
              + component.words()
              + " of side "
              + side
              + ", wanted one: see `gemel device list`");
    }
    return found.getFirst();
  }
}
