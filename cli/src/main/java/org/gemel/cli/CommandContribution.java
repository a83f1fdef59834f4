package org.gemel.cli;

/**
 * A subcommand that another module brings. Registered under this interface's name in {@code
 * META-INF/services}; its constructor must do nothing, since every start of {@code gemel} may call
 * it.
 */
public interface CommandContribution {
  /** What is typed after {@code gemel}. */
  String name();

  /** The picocli command object; made only when it is called for, or when help lists all. */
  Object command();
}
