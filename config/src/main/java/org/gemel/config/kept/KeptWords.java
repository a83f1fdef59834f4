package org.gemel.config.kept;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures in words: those of files are often a path and nothing more. */
public final class KeptWords {
  private KeptWords() {}

  /** What failed, and why. */
  public static String of(IOException failure) {
    if (failure instanceof NoSuchFileException missing) {
      return "found no " + missing.getFile() + ", wanted it there";
    }
    if (failure instanceof AccessDeniedException denied) {
      return "found no leave to open " + denied.getFile() + ", wanted its owner or root to ask";
    }
    if (failure instanceof FileSystemException other && other.getReason() == null) {
      return other.getClass().getSimpleName() + " at " + other.getFile();
    }
    return String.valueOf(failure.getMessage());
  }
}
