package org.gemel.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that is not taken, with every fault found in it. The message is fit for a person.
 */
public final class ConfigurationFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final transient List<Fault> faults;

  ConfigurationFault(String file, List<Fault> faults) {
    super(
        faults.stream()
            .map(fault -> file + ":" + fault)
            .collect(Collectors.joining(System.lineSeparator())));
    this.file = file;
    this.faults = List.copyOf(faults);
  }

  /** The file as it was named to the reader. */
  public String file() {
    return file;
  }

  /** In the order of the file; at least one. */
  public List<Fault> faults() {
    return faults;
  }
}
