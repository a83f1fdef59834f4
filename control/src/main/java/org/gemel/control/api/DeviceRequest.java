package org.gemel.control.api;

import java.util.List;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** A device to be added by hand; {@code side} is needed for a dedicated one only. */
public record DeviceRequest(
    String name, Attachment attachment, List<Component> components, @Nullable Side side) {}
