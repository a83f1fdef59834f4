package org.gemel.mirror.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Passwords come from files: what is written on a command line everybody on the machine can see.
 */
public final class Secrets {
  private Secrets() {}

  /** The first line of a file. */
  public static String firstLine(Path file) throws RemoteException {
    try {
      List<String> lines = Files.readAllLines(file);
      if (!lines.isEmpty() && !lines.getFirst().isEmpty()) {
        return lines.getFirst();
      }
    } catch (IOException e) {
      throw new RemoteException(
          RemoteException.Kind.NOT_ALLOWED,
          "cannot read the password file " + file + ": " + e.getMessage(),
          e);
    }
    throw new RemoteException(
        RemoteException.Kind.NOT_ALLOWED,
        "found nothing in the first line of " + file + ", wanted the password");
  }
}
