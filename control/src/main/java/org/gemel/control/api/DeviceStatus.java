package org.gemel.control.api;

import java.time.Instant;
import java.util.List;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * One device.
 *
 * @param side the side it belongs to (dedicated) or proves to use now (switchable); null while it
 *     uses none
 * @param lastHeard null where it has never reported
 * @param text what it does now, such as "running", "stop pending", "not responding since 03:12:07"
 * @param pending commands it has been given and has not answered
 */
public record DeviceStatus(
    String name,
    Attachment attachment,
    List<Component> components,
    @Nullable Side side,
    boolean reachable,
    @Nullable Instant lastHeard,
    Lamp lamp,
    String text,
    int pending,
    List<Service> services) {

  /** A supervised process of the device. */
  public record Service(String name, String state, String words) {}
}
