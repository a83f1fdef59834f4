package org.gemel.cli.mirror;

import org.gemel.mirror.VolumeShare;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an amount of storage. */
final class ShareText implements ITypeConverter<VolumeShare> {
  @Override
  public VolumeShare convert(String text) {
    try {
      return VolumeShare.parse(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
