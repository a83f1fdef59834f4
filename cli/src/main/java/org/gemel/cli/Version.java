package org.gemel.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Gemel.class.getPackage().getImplementationVersion();
    return new String[] {
      "gemel " + (version == null ? "(built from source)" : version),
      "Java " + System.getProperty("java.version")
    };
  }
}
