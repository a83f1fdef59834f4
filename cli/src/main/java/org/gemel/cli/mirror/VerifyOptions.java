package org.gemel.cli.mirror;

import org.gemel.mirror.TreeRoot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What can be chosen of a verification, and which choices do not go together. */
final class VerifyOptions {
  @Option(
      names = "--content",
      description = "Read all files instead of trusting equal size and time.")
  boolean content;

  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "0",
      description = "Work on so many files, or parts of large ones, at a time.")
  int streams;

  @Option(
      names = "--bwlimit",
      paramLabel = "RATE",
      converter = ByteRate.class,
      description = "Read at most so many bytes a second of both trees together, such as 200M.")
  @Nullable Long bytesPerSecond;

  @Option(
      names = "--from-storage",
      description = "With --content: ask the kernel to read from the storage, not from memory.")
  boolean fromStorage;

  @Option(
      names = "--repair-from",
      paramLabel = "TREE",
      converter = LocalTree.class,
      description = "Impose this one of the two trees on the other where they differ.")
  @Nullable TreeRoot repairFrom;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Say what --repair-from would change; change nothing.")
  boolean dryRun;

  @Option(
      names = "--allow-delete",
      paramLabel = "N",
      description = "Let --repair-from delete up to N entries.")
  @Nullable Long allowDelete;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "If the trees are equal, write that to this file, with a hash of the tree.")
  @Nullable String certificate;

  @Option(
      names = "--epoch",
      paramLabel = "TEXT",
      description = "What the certificate says of the stretch of mirroring it belongs to.")
  @Nullable String epoch;

  @Option(
      names = "--check-certificate",
      paramLabel = "FILE",
      description = "Say whether tree A alone still is what this certificate says.")
  @Nullable String checkCertificate;

  @Option(
      names = "--marker",
      paramLabel = "NAME",
      description = "The volumes' marker file, which is no part of the trees.")
  @Nullable String marker;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml",
      defaultValue = "text",
      description =
          "How to write the result. With json and yaml the differences go to standard error.")
  ResultFormat output = ResultFormat.text;

  void refuseContradictions(CommandSpec command, TreeRoot first, @Nullable TreeRoot second) {
    if (checkCertificate == null && second == null) {
      throw usage(command, "found one tree, wanted two: gemel verify A B");
    }
    if (checkCertificate != null
        && (second != null || repairFrom != null || certificate != null || content)) {
      throw usage(
          command,
          "found --check-certificate with a second tree, --content, --repair-from or --certificate, wanted it with one tree: the certificate says what is read");
    }
    if (repairFrom == null && (dryRun || allowDelete != null)) {
      throw usage(
          command, "found --dry-run or --allow-delete without --repair-from, wanted it too");
    }
    if (repairFrom != null && !isSame(first, repairFrom) && !isSame(second, repairFrom)) {
      throw usage(
          command,
          "found --repair-from "
              + repairFrom
              + ", wanted one of the two trees: "
              + first
              + " or "
              + second);
    }
    if (epoch != null && certificate == null) {
      throw usage(command, "found --epoch without --certificate, wanted it too");
    }
  }

  private static ParameterException usage(CommandSpec command, String words) {
    return new ParameterException(command.commandLine(), words);
  }

  /** Whether two paths are spelt alike, but for slashes at their ends. */
  static boolean isSame(@Nullable TreeRoot one, @Nullable TreeRoot other) {
    return one != null && other != null && trimmed(one).equals(trimmed(other));
  }

  private static String trimmed(TreeRoot root) {
    String path = root.path();
    while (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path;
  }
}
