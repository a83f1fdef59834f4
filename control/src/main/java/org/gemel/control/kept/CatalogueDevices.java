package org.gemel.control.kept;

import org.gemel.control.site.DeviceCatalogue;
import org.gemel.core.Component;

/** The devices as the catalogue has them. */
public record CatalogueDevices(DeviceCatalogue catalogue)
    implements GatheredConfigurations.Devices {
  @Override
  public boolean keeps(String device) {
    return catalogue.find(device).filter(found -> found.carries(Component.NAS_HEAD)).isPresent();
  }

  @Override
  public boolean isKnown(String machine) {
    return catalogue.find(machine).isPresent();
  }
}
