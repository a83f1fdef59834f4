package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.gemel.config.ConfigurationFault;
import org.gemel.config.Default;
import org.gemel.config.StrictYaml;

/**
 * One device, as its agent's file describes it. Paths in the file are seen from the file's folder.
 *
 * @param device its name in the facility; the control point takes it from the certificate
 * @param control addresses of the control points, {@code HOST:PORT}; tried in turn
 * @param identity the folder that joining fills with key and certificates
 * @param state the folder of the agent's own memory; one agent at a time
 * @param reportInterval how often the device's state is read and reported
 * @param stopServicesOnExit whether services end with the agent; otherwise they run on and the next
 *     agent adopts them
 * @param mount where the device finds the volume of its side; absent where it needs none
 * @param database present on a database host
 * @param folderMirror present on a NAS head
 * @param keep further files of this machine to be kept for its replacement, with those Gemel knows
 *     of: the services' variants and this file
 * @param mirrorLink present where other devices mirror from or onto this one's volumes
 */
public record AgentConfiguration(
    String device,
    List<ControlAddress> control,
    Path identity,
    Path state,
    @Default("1s") Duration reportInterval,
    @Default("false") boolean stopServicesOnExit,
    Optional<MountSection> mount,
    List<ServiceSection> services,
    Optional<DatabaseSection> database,
    Optional<FolderMirrorSection> folderMirror,
    Optional<MirrorLinkSection> mirrorLink,
    List<Path> keep) {

  private static final String IDENTITY_FILE = "identity.pem";

  public AgentConfiguration {
    if (control.isEmpty()) {
      throw new IllegalArgumentException(
          "found no control point, wanted at least one: name it under control as HOST:PORT");
    }
    if (reportInterval.isNegative() || reportInterval.isZero()) {
      throw new IllegalArgumentException(
          "found a reportInterval of no length, wanted one such as 1s");
    }
    var names = new HashSet<String>();
    for (var service : services) {
      if (!names.add(service.name())) {
        throw new IllegalArgumentException(
            "found two services named '" + service.name() + "', wanted a name of its own for each");
      }
    }
  }

  /**
   * Reads an agent's file.
   *
   * @throws ConfigurationFault with every fault in it
   */
  public static AgentConfiguration load(Path file) throws ConfigurationFault {
    var absolute = file.toAbsolutePath().normalize();
    var folder = absolute.getParent();
    return StrictYaml.read(absolute, AgentConfiguration.class)
        .under(folder == null ? absolute : folder);
  }

  /** The file with key and certificates, in the identity folder. */
  public Path identityFile() {
    return identityFile(identity);
  }

  /** Where joining puts key and certificates in an identity folder. */
  public static Path identityFile(Path identityFolder) {
    return identityFolder.resolve(IDENTITY_FILE);
  }

  /** The same, with services that end with the agent. */
  public AgentConfiguration withServicesStoppedOnExit() {
    return new AgentConfiguration(
        device,
        control,
        identity,
        state,
        reportInterval,
        true,
        mount,
        services,
        database,
        folderMirror,
        mirrorLink,
        keep);
  }

  private AgentConfiguration under(Path base) {
    return new AgentConfiguration(
        device,
        control,
        base.resolve(identity).normalize(),
        base.resolve(state).normalize(),
        reportInterval,
        stopServicesOnExit,
        mount.map(section -> section.under(base)),
        services.stream().map(section -> section.under(base)).toList(),
        database,
        folderMirror.map(section -> section.under(base)),
        mirrorLink.map(section -> section.under(base)),
        keep.stream().map(file -> base.resolve(file).normalize()).toList());
  }
}
