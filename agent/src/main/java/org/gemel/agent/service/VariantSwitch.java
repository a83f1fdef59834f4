package org.gemel.agent.service;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.gemel.agent.base.Answer;
import org.gemel.agent.base.DurableFile;
import org.gemel.core.Side;

/**
 * Puts the configuration of one side in the place of the active one. The active file is wholly the
 * one or wholly the other at every moment; the variants themselves are only read, so every switch
 * can be taken back. Which one is active is never remembered, always read.
 */
public final class VariantSwitch {
  private final ServiceSupervisor supervisor;
  private final DurableFile.Watch watch;

  public VariantSwitch(ServiceSupervisor supervisor) {
    this(supervisor, step -> {});
  }

  VariantSwitch(ServiceSupervisor supervisor, DurableFile.Watch watch) {
    this.supervisor = supervisor;
    this.watch = watch;
  }

  /**
   * The side the active file points at; empty if it equals neither variant, or both, or cannot be
   * read, or the service has no variants.
   *
   * @throws UnknownServiceException if this device has no such service
   */
  public Optional<Side> pointsAt(String service) {
    return supervisor.settings(service).variants().flatMap(VariantFiles::pointsAt);
  }

  /**
   * Points a stopped service at a side; refused while anything of it lives or could be started.
   *
   * @throws UnknownServiceException if this device has no such service
   */
  public Answer select(String service, Side side) {
    Optional<ServiceVariants> variants = supervisor.settings(service).variants();
    if (variants.isEmpty()) {
      return Answer.refused(
          "found no variants for service "
              + service
              + ", wanted one configuration per side: add them to the device's settings");
    }
    try {
      return supervisor.whileStopped(service, () -> replace(service, side, variants.get()));
    } catch (IOException e) {
      return Answer.refused(
          "found that the configuration of "
              + service
              + " could not be replaced by "
              + variants.get().of(side)
              + " ("
              + e
              + "), wanted "
              + side
              + "; it is still whole: put that right and try again");
    }
  }

  private Answer replace(String service, Side side, ServiceVariants variants) throws IOException {
    if (Files.mismatch(variants.x(), variants.y()) < 0) {
      return Answer.refused(
          "found the same content in "
              + variants.x()
              + " and "
              + variants.y()
              + ", wanted one that points at each side: correct one of them");
    }
    // Also where it is right already: a crash may have left the last rename unsynced.
    DurableFile.replace(variants.active(), Files.readAllBytes(variants.of(side)), watch);
    Optional<Side> now = VariantFiles.pointsAt(variants);
    return now.equals(Optional.of(side))
        ? Answer.done(service + " points at " + side + " and takes that up when it starts")
        : Answer.refused(
            "found "
                + variants.active()
                + " changed by somebody else meanwhile, wanted that of "
                + side
                + ": see who writes it, then try again");
  }
}
