package org.gemel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.gemel.control.api.Operation;
import org.gemel.control.api.Refusal;
import org.gemel.control.fake.FakeNasHeads;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-55")
final class FolderOperationsTest {
  private final FakeNasHeads heads = new FakeNasHeads();

  @Test
  void whatConcernsTheMirrorGoesWhereItRuns() {
    heads.marked(Side.Y, Role.MAIN);
    heads.says(Side.Y, mirror -> mirror.setRunning(true));
    Operations.Planned pause = plan("folders-pause", "wip", true, false);
    assertThat(pause.spec().type()).isEqualTo("pause-folders");
    assertThat(pause.spec().arguments())
        .isEqualTo(Map.of("from", "Y", "profile", "wip", "now", "true"));
    assertThat(pause.title())
        .isEqualTo(
            "Pause profile wip of the folder mirror on the NAS head of Y; passes at work end"
                + " between files");
    assertThat(pause.overwrites()).isNull();
    assertThat(plan("folders-resume", null, false, false).spec().arguments())
        .isEqualTo(Map.of("from", "Y"));
    assertThat(plan("folders-run", "wip", false, false).title())
        .isEqualTo("Run one whole folder pass of profile wip from Y to X");
  }

  @Test
  void whereItDoesNotRunItGoesToTheMainVolumeIfThereIsOne() {
    assertThat(plan("folders-verify", null, false, true).spec().arguments())
        .isEqualTo(Map.of("from", "X", "content", "true"));
    heads.marked(Side.Y, Role.MAIN);
    assertThatThrownBy(() -> plan("folders-verify", null, false, true))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("both volumes main")
        .hasMessageContaining("name the side");
    heads.fallsSilent("nas-x");
    heads.fallsSilent("nas-y");
    assertThatThrownBy(() -> plan("folders-pause", null, false, false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no volume main");
  }

  @Test
  void anUnknownOperationNamesThoseThereAre() {
    assertThatThrownBy(() -> plan("folders-paws", null, false, false))
        .hasMessageContaining("folders-pause");
  }

  private Operations.Planned plan(String name, String profile, boolean now, boolean content) {
    return Operations.plan(Operation.onFolders(name, profile, now, content), heads);
  }
}
