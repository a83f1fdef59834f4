package org.gemel.agent.service;

import java.util.Set;

/** A service was named that this device does not have. */
public final class UnknownServiceException extends IllegalArgumentException {
  UnknownServiceException(String name, Set<String> known) {
    super(
        "found service name '"
            + name
            + "', wanted one of "
            + known
            + ": check the device's settings");
  }
}
