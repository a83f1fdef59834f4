package org.gemel.mirror;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.gemel.mirror.system.FileIdentity;

/**
 * What a pass may do harm to, and what it keeps.
 *
 * @param salvage how much is kept where the policy is {@link DeletePolicy#SALVAGE}
 * @param allowOverwrite how many files the pass may overwrite; empty: up to {@value
 *     ChangeGuard#OVERWRITES_ALWAYS}, and beyond that up to {@value
 *     ChangeGuard#OVERWRITTEN_PERCENT} % of the target's
 * @param approved the hash of the one list of deletes and overwrites that is permitted
 * @param list where a list that has to wait is written
 * @param expectedSource the source's top folder as it was last time, where that is known
 * @param shrunk what an earlier pass remembered; empty: the pass is a single one
 */
public record PassSafety(
    SalvageLimits salvage,
    OptionalLong allowOverwrite,
    Optional<String> approved,
    Optional<Path> list,
    Optional<FileIdentity> expectedSource,
    Optional<ShrunkFolders> shrunk) {
  public static final PassSafety DEFAULT =
      new PassSafety(
          SalvageLimits.DEFAULT,
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public PassSafety withSalvage(SalvageLimits limits) {
    return new PassSafety(limits, allowOverwrite, approved, list, expectedSource, shrunk);
  }

  public PassSafety withAllowOverwrite(long files) {
    return new PassSafety(salvage, OptionalLong.of(files), approved, list, expectedSource, shrunk);
  }

  public PassSafety withApproved(String hash) {
    return new PassSafety(salvage, allowOverwrite, Optional.of(hash), list, expectedSource, shrunk);
  }

  public PassSafety withList(Path file) {
    return new PassSafety(
        salvage, allowOverwrite, approved, Optional.of(file), expectedSource, shrunk);
  }

  public PassSafety withExpectedSource(FileIdentity identity) {
    return new PassSafety(salvage, allowOverwrite, approved, list, Optional.of(identity), shrunk);
  }

  public PassSafety withShrunk(ShrunkFolders remembered) {
    return new PassSafety(
        salvage, allowOverwrite, approved, list, expectedSource, Optional.of(remembered));
  }
}
