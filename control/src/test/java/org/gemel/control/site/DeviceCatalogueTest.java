package org.gemel.control.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gemel.control.api.Refusal;
import org.gemel.core.Attachment;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.MemoryLedger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class DeviceCatalogueTest {
  private final Ledger ledger = new MemoryLedger();
  private final DeviceCatalogue devices = new DeviceCatalogue(ledger);

  private static DeviceDocument switchable(String name, Component... components) {
    return new DeviceDocument(name, Attachment.SWITCHABLE, List.of(components), null);
  }

  @Test
  @Tag("M-03")
  void whatADeviceCarriesDecidesWhatASwitchDoesToIt() {
    assertThat(switchable("edit-1", Component.EDITOR).movesWithItsMount()).isTrue();
    assertThat(switchable("browse-1", Component.BROWSE_SERVER).movesWithItsMount()).isFalse();
    assertThat(
            new DeviceDocument("nas-x", Attachment.DEDICATED, List.of(Component.NAS_HEAD), Side.X)
                .movesWithItsMount())
        .isFalse();
    assertThat(Component.EDITOR.restartsOnSwitch()).isEqualTo(2);
  }

  @Test
  @Tag("M-02")
  void onlyADedicatedDeviceHasASideForGood() {
    assertThatThrownBy(() -> new DeviceDocument("nas-x", Attachment.DEDICATED, List.of(), null))
        .hasMessageContaining("wanted a side");
    assertThatThrownBy(() -> new DeviceDocument("edit-1", Attachment.SWITCHABLE, List.of(), Side.X))
        .hasMessageContaining("wanted a side");
  }

  @Test
  void devicesAreKeptInTheLedgerAndFoundByTheNextControlPoint() {
    devices.add(switchable("edit-1", Component.EDITOR));
    assertThat(new DeviceCatalogue(ledger).find("edit-1")).isPresent();
    devices.remove("edit-1");
    assertThat(new DeviceCatalogue(ledger).devices()).isEmpty();
  }

  @Test
  void aNameThatIsTakenOrNoneIsRefusedInWords() {
    devices.add(switchable("edit-1", Component.EDITOR));
    assertThatThrownBy(() -> devices.add(switchable("edit-1"))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> devices.add(switchable("Edit 1")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("small letters");
    assertThatThrownBy(() -> devices.remove("edit-9")).isInstanceOf(Refusal.class);
  }
}
