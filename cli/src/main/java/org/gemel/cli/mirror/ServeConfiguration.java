package org.gemel.cli.mirror;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.gemel.config.ConfigurationFault;
import org.gemel.config.Default;
import org.gemel.config.StrictYaml;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.link.ServedVolume;
import org.gemel.mirror.link.ServedVolume.Access;

/**
 * A mirror server by itself. Paths in the file are seen from the file's folder.
 *
 * @param listen {@code HOST:PORT}; port 0 takes a free one
 * @param tls present for TLS
 * @param secret the file of a secret, for a dedicated link without TLS
 * @param memory a folder where it is remembered what was mirrored onto the volumes: then of large
 *     files only what differs has to come
 */
public record ServeConfiguration(
    ListenAddress listen,
    Optional<Files> tls,
    Optional<Path> secret,
    Optional<Path> memory,
    List<Volume> volumes) {

  /** The PEM files of TLS; each may be an agent's {@code identity.pem}. */
  public record Files(Path ca, Path certificate, Path key) {
    Files under(Path base) {
      return new Files(base.resolve(ca), base.resolve(certificate), base.resolve(key));
    }
  }

  /**
   * A folder that is served.
   *
   * @param peers names in the certificates of those who may; {@code '*'} for all of the authority
   */
  public record Volume(
      String name, Path folder, @Default("READ_ONLY") Access access, List<String> peers) {}

  public ServeConfiguration {
    if (tls.isPresent() == secret.isPresent()) {
      throw new IllegalArgumentException(
          "found "
              + (tls.isPresent() ? "both tls and secret" : "neither tls nor secret")
              + ", wanted one of them");
    }
    if (volumes.isEmpty()) {
      throw new IllegalArgumentException("found no volume, wanted at least one to serve");
    }
    var names = new HashSet<String>();
    for (Volume volume : volumes) {
      if (!names.add(volume.name())) {
        throw new IllegalArgumentException(
            "found two volumes named '" + volume.name() + "', wanted a name of its own for each");
      }
      if (tls.isPresent() && volume.peers().isEmpty()) {
        throw new IllegalArgumentException(
            "found no peers of the volume '"
                + volume.name()
                + "', wanted the names of the devices that may, or '*' for all of the authority");
      }
    }
  }

  /**
   * Reads such a file.
   *
   * @throws ConfigurationFault with every fault in it
   */
  public static ServeConfiguration load(Path file) throws ConfigurationFault {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    Path base = folder == null ? absolute : folder;
    ServeConfiguration read = StrictYaml.read(absolute, ServeConfiguration.class);
    return new ServeConfiguration(
        read.listen,
        read.tls.map(files -> files.under(base)),
        read.secret.map(base::resolve),
        read.memory.map(base::resolve),
        read.volumes.stream()
            .map(
                each ->
                    new Volume(
                        each.name, base.resolve(each.folder).normalize(), each.access, each.peers))
            .toList());
  }

  List<ServedVolume> served() {
    return volumes.stream()
        .map(each -> new ServedVolume(each.name, TreeRoot.of(each.folder), each.access, each.peers))
        .map(each -> memory.map(each::remembered).orElse(each))
        .toList();
  }
}
