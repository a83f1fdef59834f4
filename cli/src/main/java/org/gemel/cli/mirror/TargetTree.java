package org.gemel.cli.mirror;

import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.link.AgentPlace;
import org.gemel.mirror.remote.RemoteAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where a person wants a tree mirrored to: a folder here, or one on a server. */
final class TargetTree implements ITypeConverter<TreeRoot> {
  @Override
  public TreeRoot convert(String text) {
    if (AgentPlace.isMeant(text)) {
      return SourceTreeText.agent(text);
    }
    if (!isRemote(text)) {
      return new LocalTree().convert(text);
    }
    try {
      // Kept as it was written: shown to a person it would lose its escapes.
      RemoteAddress unused = RemoteAddress.parse(text);
      return new TreeRoot(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a target is on a server that is reached by sftp, ftp or ftps. */
  static boolean isRemote(String text) {
    return text.contains("://") && RemoteAddress.isOne(text);
  }
}
