package org.gemel.control.agents;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.control.site.DeviceCatalogue;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Heard;
import org.gemel.control.site.Site;

/** The site as the streams of its agents show it. */
public final class SiteDevices implements Site {
  private final Clock clock;
  private final DeviceCatalogue catalogue;
  private final AgentHub hub;

  public SiteDevices(Clock clock, DeviceCatalogue catalogue, AgentHub hub) {
    this.clock = clock;
    this.catalogue = catalogue;
    this.hub = hub;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public List<DeviceDocument> devices() {
    return catalogue.devices();
  }

  @Override
  public Optional<Heard> heard(String device) {
    return hub.heard(device);
  }

  @Override
  public long look() {
    return hub.look();
  }
}
