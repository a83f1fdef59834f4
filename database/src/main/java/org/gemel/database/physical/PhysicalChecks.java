package org.gemel.database.physical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.database.DatabaseFailure;
import org.gemel.database.ServerListing;

/** What of folders and programs stands against a physical copy, before anything is begun. */
final class PhysicalChecks {
  private final PhysicalSettings settings;
  private final Programs programs;

  PhysicalChecks(PhysicalSettings settings, Programs programs) {
    this.settings = settings;
    this.programs = programs;
  }

  List<String> against(ServerListing listing, String system)
      throws IOException, InterruptedException {
    List<String> against = new ArrayList<>();
    Path data = settings.data();
    if (!Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS) || !data.toRealPath().equals(data)) {
      against.add("the data folder " + data + " being no folder, or reached by a link");
      return against;
    }
    String found = Long.toUnsignedString(new ControlFile(data).identifier());
    if (!found.equals(system)) {
      against.add(
          "the data folder %s of the server %s, while the backup's database is on server %s"
              .formatted(data, found, system));
    }
    if (!OwnConfiguration.links(data).isEmpty()) {
      against.add("parts of the server on other disks: " + OwnConfiguration.links(data));
    }
    if (!Files.getFileStore(data).equals(Files.getFileStore(settings.parent()))) {
      against.add(
          "the data folder " + data + " being a file system of its own, with no room beside it");
    }
    if (!QuietServer.socketFits(settings.copy())) {
      against.add("a path too long for a socket: " + QuietServer.socket(settings.copy()));
    }
    long free = freeBytes();
    if (free < listing.neededBytes()) {
      against.add(
          "%,d MB free beside %s, of about %,d MB that are needed"
              .formatted(free / 1_000_000, data, listing.neededBytes() / 1_000_000));
    }
    programs(Files.readString(data.resolve("PG_VERSION")).strip(), against);
    return against;
  }

  long freeBytes() throws IOException {
    return Files.getFileStore(settings.parent()).getUsableSpace();
  }

  private void programs(String release, List<String> against) throws InterruptedException {
    if (!programs.missing().isEmpty()) {
      against.add("no " + programs.missing() + " in " + settings.programs());
      return;
    }
    AtomicReference<String> said = new AtomicReference<>("");
    try {
      programs.run("postgres", List.of("--version"), Map.of(), said::set);
    } catch (DatabaseFailure e) {
      against.add(e.words());
      return;
    }
    if (!said.get().matches(".*\\) " + release + "[. ].*|.*\\) " + release)) {
      against.add(
          "programs in %s that say '%s', while the server is of release %s"
              .formatted(settings.programs(), said.get().strip(), release));
    }
  }
}
