package org.gemel.cli.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.gemel.agent.engine.PeerTls;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.config.ConfigurationFault;
import org.gemel.mirror.link.LinkCredentials;
import org.gemel.mirror.link.LinkTimes;
import org.gemel.mirror.link.MirrorServer;
import org.gemel.mirror.link.VolumeGuard;
import org.gemel.wire.Identity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gemel mirror serve}: lets others mirror from and onto folders of this machine. */
@Command(
    name = "serve",
    description =
        "Lets other machines mirror from, or onto, folders of this one, until it is ended.",
    footer = {
      "",
      "Example: gemel mirror serve --config /etc/gemel/mirror.yaml, where the file holds",
      "  listen: 0.0.0.0:8446",
      "  tls: {ca: identity.pem, certificate: identity.pem, key: identity.pem}",
      "  volumes:",
      "    - {name: media, folder: /mnt/Y, access: READ_WRITE, peers: [nas-x]}",
      "With `memory: FOLDER` of large files that are mirrored onto them only what differs has to come.",
      "On a dedicated link `secret: FILE` instead of `tls` is faster, and not secret."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "its configuration file")
  private Path config = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    try {
      ServeConfiguration file = ServeConfiguration.load(config);
      MirrorServer server =
          MirrorServer.start(
              file.listen().socket(),
              credentials(file),
              file.served(),
              VolumeGuard.NONE,
              LinkTimes.USUAL,
              words -> System.err.println("gemel mirror serve: " + words));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.close();
                    asked.countDown();
                  }));
      System.err.println("serving " + file.listen().host() + ":" + server.address().getPort());
      asked.await();
      return 0;
    } catch (ConfigurationFault e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static LinkCredentials credentials(ServeConfiguration file) throws IOException {
    if (file.secret().isPresent()) {
      return LinkCredentials.Secret.read(file.secret().get());
    }
    ServeConfiguration.Files tls = file.tls().orElseThrow();
    return new LinkCredentials.Tls(
        PeerTls.engines(Identity.load(tls.key(), tls.certificate(), tls.ca())), Optional.empty());
  }
}
