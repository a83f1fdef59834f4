package org.gemel.demo.workload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sound as a RIFF/WAVE file of 16-bit linear samples, the plainest real medium there is. */
public final class Wave {
  static final int HEADER_BYTES = 44;

  private static final short LINEAR = 1;
  private static final int FORMAT_BYTES = 16;
  private static final int SAMPLE_BYTES = 2;

  private Wave() {}

  /** A whole file with one sine tone. */
  public static byte[] tone(double hertz, int milliseconds, int channels, int samplesPerSecond) {
    int frames = (int) ((long) samplesPerSecond * milliseconds / 1000);
    byte[] samples = samples(hertz, 0, frames, channels, samplesPerSecond);
    ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + samples.length);
    file.put(header(samples.length, channels, samplesPerSecond)).put(samples);
    return file.array();
  }

  /** The header of a file with so many bytes of samples; 0 while they are still being recorded. */
  static byte[] header(int sampleBytes, int channels, int samplesPerSecond) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + sampleBytes).put(ascii("WAVE"));
    header.put(ascii("fmt ")).putInt(FORMAT_BYTES).putShort(LINEAR).putShort((short) channels);
    header.putInt(samplesPerSecond).putInt(samplesPerSecond * channels * SAMPLE_BYTES);
    header.putShort((short) (channels * SAMPLE_BYTES)).putShort((short) (SAMPLE_BYTES * 8));
    header.put(ascii("data")).putInt(sampleBytes);
    return header.array();
  }

  /** Samples of a sine tone, from one frame on, so that pieces join without a click. */
  static byte[] samples(
      double hertz, int firstFrame, int frames, int channels, int samplesPerSecond) {
    ByteBuffer samples =
        ByteBuffer.allocate(frames * channels * SAMPLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int frame = firstFrame; frame < firstFrame + frames; frame++) {
      short value =
          (short)
              (Math.sin(2 * Math.PI * hertz * frame / samplesPerSecond) * 0.4 * Short.MAX_VALUE);
      for (int channel = 0; channel < channels; channel++) {
        samples.putShort(value);
      }
    }
    return samples.array();
  }

  /**
   * Every fourth frame of the first channel of a file made here, as a proxy of a quarter of the
   * rate and one channel.
   */
  static byte[] proxy(byte[] file) {
    ByteBuffer source = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int channels = source.getShort(22);
    int samplesPerSecond = source.getInt(24);
    int frameBytes = channels * SAMPLE_BYTES;
    int frames = (file.length - HEADER_BYTES) / frameBytes / 4;
    ByteBuffer proxy =
        ByteBuffer.allocate(HEADER_BYTES + frames * SAMPLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    proxy.put(header(frames * SAMPLE_BYTES, 1, samplesPerSecond / 4));
    for (int frame = 0; frame < frames; frame++) {
      proxy.putShort(source.getShort(HEADER_BYTES + frame * 4 * frameBytes));
    }
    return proxy.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
