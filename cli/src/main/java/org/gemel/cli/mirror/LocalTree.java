package org.gemel.cli.mirror;

import org.gemel.mirror.TreeRoot;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the folder a person names; says of what is no local folder that it cannot be mirrored yet.
 */
final class LocalTree implements ITypeConverter<TreeRoot> {
  @Override
  public TreeRoot convert(String text) {
    int scheme = text.indexOf("://");
    if (scheme > 0 && text.substring(0, scheme).chars().allMatch(Character::isLetterOrDigit)) {
      throw new TypeConversionException(
          "found the URL '"
              + text
              + "', wanted a path on this machine, or agent://HOST:PORT/VOLUME/PATH for one end of"
              + " gemel mirror: other URLs are not mirrored yet");
    }
    try {
      return new TreeRoot(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
