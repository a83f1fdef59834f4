package org.gemel.control.steps;

import java.time.Duration;
import org.gemel.control.site.Site;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.gemel.wire.protocol.Command;

/** How long orders may take, and who takes them. */
final class Orders {
  /** Something quick, with room for an agent that is being restarted. */
  static final Duration SHORT = Duration.ofMinutes(1);

  /** Something whose length depends on the amount of data. */
  static final Duration LONG = Duration.ofHours(12);

  private Orders() {}

  static String databaseServer(Site site, Side side) {
    return site.dedicated(side, Component.DATABASE_SERVER).name();
  }

  static String nasHead(Site site, Side side) {
    return site.dedicated(side, Component.NAS_HEAD).name();
  }

  static Command.Builder command() {
    return Command.newBuilder();
  }
}
