package org.gemel.control.site;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.control.api.Refusal;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.LedgerConflict;
import org.gemel.ledger.Versioned;

/** The devices in the ledger. What was read is kept until this control point changes it. */
public final class DeviceCatalogue {
  private static final String FOLDER = "devices";

  private final Ledger ledger;
  private final AtomicReference<List<DeviceDocument>> devices = new AtomicReference<>(List.of());

  public DeviceCatalogue(Ledger ledger) {
    this.ledger = ledger;
    readAgain();
  }

  /** In order of their names. */
  public List<DeviceDocument> devices() {
    return devices.get();
  }

  public Optional<DeviceDocument> find(String name) {
    return devices().stream().filter(d -> d.name().equals(name)).findFirst();
  }

  /**
   * Adds a device.
   *
   * @throws Refusal if the name is taken, or no name for a device
   */
  public void add(DeviceDocument device) {
    if (!device.name().matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new Refusal(
          Refusal.Reason.USAGE,
          "found device name '"
              + device.name()
              + "', wanted up to 63 small letters, digits and dashes: name it like its host");
    }
    try {
      ledger.create(key(device.name()), device);
    } catch (LedgerConflict e) {
      throw new Refusal(
          Refusal.Reason.NOT_READY,
          "found a device "
              + device.name()
              + " already, wanted a new name: see `gemel device list`");
    }
    readAgain();
  }

  public void remove(String name) {
    Versioned<DeviceDocument> there =
        ledger
            .read(key(name))
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Reason.UNKNOWN_NAME,
                        "found no device " + name + ": see `gemel device list`"));
    ledger.delete(key(name), there.version());
    readAgain();
  }

  private void readAgain() {
    devices.set(
        ledger.names(FOLDER).stream()
            .map(name -> ledger.read(key(name)))
            .flatMap(Optional::stream)
            .map(Versioned::value)
            .toList());
  }

  private static Key<DeviceDocument> key(String name) {
    return new Key<>(FOLDER, name, DeviceDocument.class);
  }
}
