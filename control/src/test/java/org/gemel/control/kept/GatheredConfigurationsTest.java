package org.gemel.control.kept;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.config.kept.KeptArchive;
import org.gemel.config.kept.KeptFile;
import org.gemel.config.kept.KeptMachine;
import org.gemel.config.kept.MachineKind;
import org.gemel.wire.protocol.KeepConfiguration;
import org.gemel.wire.protocol.KeptConfigurations;
import org.gemel.wire.protocol.Report;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a NAS head lacks is sent to it, once, until it says that it has it. */
@Tag("M-63")
final class GatheredConfigurationsTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final GatheredConfigurations gathered = new GatheredConfigurations(now::get, new Site());

  /** nas-x keeps; edit-8 was removed. */
  private static final class Site implements GatheredConfigurations.Devices {
    @Override
    public boolean keeps(String device) {
      return device.startsWith("nas-");
    }

    @Override
    public boolean isKnown(String machine) {
      return !machine.equals("edit-8");
    }
  }

  private static ByteString archive(String machine, String content) {
    try {
      return ByteString.copyFrom(
          KeptArchive.write(
              new KeptMachine(
                  machine,
                  MachineKind.AGENT,
                  Instant.EPOCH,
                  List.of(
                      new KeptFile(
                          Path.of("/agent.yaml"),
                          "rw-------",
                          false,
                          content.getBytes(StandardCharsets.UTF_8))))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Report keeping(Map<String, String> digests) {
    return Report.newBuilder()
        .setKept(KeptConfigurations.newBuilder().putAllDigests(digests))
        .build();
  }

  private List<String> sent(Report report) {
    return gathered.missing("nas-x", report).stream()
        .map(KeepConfiguration::getMachine)
        .sorted()
        .toList();
  }

  @Test
  void whatIsMissingIsSentOnceAndAgainOnlyAfterAWhile() {
    gathered.told("edit-1", archive("edit-1", "a"));
    gathered.told("edit-2", archive("edit-2", "a"));
    assertThat(sent(keeping(Map.of()))).containsExactly("edit-1", "edit-2");
    assertThat(sent(keeping(Map.of()))).isEmpty();
    now.set(Instant.EPOCH.plusSeconds(30));
    assertThat(sent(keeping(Map.of()))).containsExactly("edit-1", "edit-2");
  }

  @Test
  void aChangedOneIsSentAtOnceAndSoIsOneThatWasThereAndIsGone() {
    gathered.told("edit-1", archive("edit-1", "a"));
    var first = KeptArchive.digest(archive("edit-1", "a").toByteArray());
    assertThat(sent(keeping(Map.of()))).containsExactly("edit-1");
    assertThat(sent(keeping(Map.of("edit-1", first)))).isEmpty();

    gathered.told("edit-1", archive("edit-1", "b"));
    assertThat(sent(keeping(Map.of("edit-1", first)))).containsExactly("edit-1");
    var second = KeptArchive.digest(archive("edit-1", "b").toByteArray());
    assertThat(sent(keeping(Map.of("edit-1", second)))).isEmpty();
    assertThat(sent(keeping(Map.of()))).containsExactly("edit-1");
  }

  @Test
  void nobodyButANasHeadIsSentWhatOthersAreConfiguredBy() {
    gathered.told("edit-1", archive("edit-1", "a password"));
    assertThat(gathered.missing("edit-2", keeping(Map.of()))).isEmpty();
  }

  @Test
  void aMachineThatWasRemovedIsSentNoMore() {
    gathered.told("edit-8", archive("edit-8", "a"));
    assertThat(sent(keeping(Map.of()))).isEmpty();
  }

  @Test
  void aDeviceThatKeepsNoneIsSentNone() {
    gathered.told("edit-1", archive("edit-1", "a"));
    assertThat(sent(Report.getDefaultInstance())).isEmpty();
  }

  @Test
  void whatIsKeptOfMachinesThatSaidNothingIsLeftAlone() {
    assertThat(sent(keeping(Map.of("edit-9", "anything")))).isEmpty();
  }

  @Test
  void noDeviceTellsAnothersConfiguration() {
    gathered.told("edit-1", archive("edit-2", "a"));
    gathered.told(KeptMachine.CONTROL_POINT, archive(KeptMachine.CONTROL_POINT, "a"));
    gathered.told("edit-3", ByteString.copyFromUtf8("no archive"));
    assertThat(sent(keeping(Map.of()))).isEmpty();
  }
}
