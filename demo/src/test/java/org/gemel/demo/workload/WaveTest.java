package org.gemel.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B-43")
final class WaveTest {
  @Test
  void aToneIsSoundThatOthersCanRead() throws Exception {
    byte[] tone = Wave.tone(440, 1500, 2, 48_000);
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(tone))) {
      assertThat(sound.getFormat().getChannels()).isEqualTo(2);
      assertThat(sound.getFormat().getSampleRate()).isEqualTo(48_000f);
      assertThat(sound.getFormat().getSampleSizeInBits()).isEqualTo(16);
      assertThat(sound.getFrameLength()).isEqualTo(72_000);
      assertThat(sound.readAllBytes()).hasSize(72_000 * 4);
    }
  }

  @Test
  void aProxyIsSoundOfAQuarterOfTheRate() throws Exception {
    byte[] proxy = Wave.proxy(Wave.tone(440, 1000, 2, 48_000));
    try (AudioInputStream sound =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(proxy))) {
      assertThat(sound.getFormat().getChannels()).isEqualTo(1);
      assertThat(sound.getFormat().getSampleRate()).isEqualTo(12_000f);
      assertThat(sound.getFrameLength()).isEqualTo(12_000);
    }
  }
}
