package org.gemel.mirror.remote.ftp;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to log in, and whom to believe.
 *
 * @param passwordFile a file whose first line is the password
 * @param authority a file with the certificates (PEM) of who vouches for the server; empty: those
 *     the JDK trusts
 * @param mayProbe whether the server may be tried out by writing a file at the target's top: false
 *     in a dry run
 */
public record FtpSettings(Optional<Path> passwordFile, Optional<Path> authority, boolean mayProbe) {
  public static final FtpSettings USUAL = new FtpSettings(Optional.empty(), Optional.empty(), true);

  public FtpSettings withPasswordFile(Optional<Path> file) {
    return new FtpSettings(file, authority, mayProbe);
  }

  public FtpSettings withAuthority(Optional<Path> file) {
    return new FtpSettings(passwordFile, file, mayProbe);
  }

  public FtpSettings withMayProbe(boolean may) {
    return new FtpSettings(passwordFile, authority, may);
  }
}
