package org.gemel.cli.mirror;

import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.link.AgentPlace;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One end of a mirror, as a person names it. */
sealed interface MirrorEnd {
  /** A folder of this machine. */
  record Local(TreeRoot root) implements MirrorEnd {}

  /** A place behind a mirror server. */
  record Agent(AgentPlace place) implements MirrorEnd {}

  /** What it is called in reports. */
  default TreeRoot root() {
    return switch (this) {
      case Local local -> local.root;
      case Agent agent -> new TreeRoot(agent.place.toString());
    };
  }

  /** Reads a path or a URL. */
  final class Reading implements ITypeConverter<MirrorEnd> {
    @Override
    public MirrorEnd convert(String text) {
      if (!AgentPlace.isMeant(text)) {
        return new Local(new LocalTree().convert(text));
      }
      try {
        return new Agent(AgentPlace.parse(text));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
