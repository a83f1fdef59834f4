package org.gemel.cli.mirror;

import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.link.AgentPlace;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where a person wants a tree mirrored from: a folder here, or behind a mirror server. */
final class SourceTreeText implements ITypeConverter<TreeRoot> {
  @Override
  public TreeRoot convert(String text) {
    return AgentPlace.isMeant(text) ? agent(text) : new LocalTree().convert(text);
  }

  /** Reads a place behind a mirror server. */
  static TreeRoot agent(String text) {
    try {
      AgentPlace unused = AgentPlace.parse(text);
      return new TreeRoot(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
