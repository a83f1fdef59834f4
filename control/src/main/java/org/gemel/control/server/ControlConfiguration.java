package org.gemel.control.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gemel.config.ConfigurationFault;
import org.gemel.config.Default;
import org.gemel.config.StrictYaml;

/**
 * A control point, as its file describes it. Paths in the file are seen from the file's folder.
 *
 * @param state the folder of its authority, its secret and, if it has one, its keeper
 * @param console where API and console listen
 * @param agents where agents dial in
 * @param names host names and addresses that its certificates carry
 * @param keeper an address list of keepers elsewhere; its own one inside this process if absent
 * @param keeperPort the port of its own keeper; 0 for any free one
 * @param reportInterval how often agents report what is true on their device
 * @param copyInterval how often what a replacement of this control point needs is looked at, to be
 *     kept on the storage systems
 */
public record ControlConfiguration(
    Path state,
    Listener console,
    Listener agents,
    List<String> names,
    Optional<String> keeper,
    @Default("0") int keeperPort,
    @Default("1s") Duration reportInterval,
    @Default("1m") Duration copyInterval) {

  public ControlConfiguration {
    if (!reportInterval.isPositive() || !copyInterval.isPositive()) {
      throw new IllegalArgumentException(
          "found an interval of no length, wanted reportInterval such as 1s and copyInterval such as 1m");
    }
  }

  /**
   * An address to listen on.
   *
   * @param tls whether with TLS, by a certificate of the control point's own authority
   */
  public record Listener(
      @Default("127.0.0.1") String host, int port, @Default("false") boolean tls) {}

  /**
   * Reads a control point's file.
   *
   * @throws ConfigurationFault with every fault in it
   */
  public static ControlConfiguration load(Path file) throws ConfigurationFault {
    Path absolute = file.toAbsolutePath().normalize();
    ControlConfiguration read = StrictYaml.read(absolute, ControlConfiguration.class);
    Path folder = absolute.getParent();
    return new ControlConfiguration(
        (folder == null ? absolute : folder).resolve(read.state()).normalize(),
        read.console(),
        read.agents(),
        read.names(),
        read.keeper(),
        read.keeperPort(),
        read.reportInterval(),
        read.copyInterval());
  }
}
