package org.gemel.control.site;

import java.util.List;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * A device as the ledger holds it.
 *
 * @param side the side a dedicated device belongs to; null for every other
 */
public record DeviceDocument(
    String name, Attachment attachment, List<Component> components, @Nullable Side side) {

  public DeviceDocument {
    if ((attachment == Attachment.DEDICATED) != (side != null)) {
      throw new IllegalArgumentException(
          "found device "
              + name
              + " "
              + attachment
              + " with side "
              + side
              + ", wanted a side for a dedicated device and for no other");
    }
    components = List.copyOf(components);
  }

  public boolean carries(Component component) {
    return components.contains(component);
  }

  /**
   * Whether a switch moves its mount: it can change sides, and is no browse server (those are
   * pointed).
   */
  public boolean movesWithItsMount() {
    return attachment == Attachment.SWITCHABLE && !carries(Component.BROWSE_SERVER);
  }
}
