package org.gemel.agent.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.gemel.agent.base.Answer;
import org.gemel.agent.base.DurableFile;
import org.gemel.core.Role;

/**
 * The role of a volume, written on the volume itself ({@value #FILE} at its top: lines {@code role:
 * main} and {@code epoch: N}). A mirror that comes late, of a side that was main once, reads there
 * that it is none any more; it need not reach a control point to know.
 *
 * <p>The epoch never falls, so an order that was on its way for long cannot bring an old role back.
 * Only the NAS head of the volume's own side writes it.
 */
public final class VolumeMark {
  public static final String FILE = ".gemel-role";

  private final Path volume;

  /**
   * @param volume the top folder of the volume
   */
  public VolumeMark(Path volume) {
    this.volume = volume;
  }

  /**
   * The role there now, read anew; empty for a volume that was never given one.
   *
   * @throws IOException in words, if the volume is not there or the file is unfit
   */
  public Optional<RoleMark> read() throws IOException {
    if (!Files.isDirectory(volume)) {
      throw new IOException("found no folder " + volume + ", wanted the volume there: mount it");
    }
    NoteFile note;
    try {
      note = new NoteFile(volume.resolve(FILE));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Role role =
        switch (note.value("role")) {
          case "main" -> Role.MAIN;
          case "backup" -> Role.BACKUP;
          default -> throw note.unfit("role: " + note.value("role"), "role: main or role: backup");
        };
    try {
      return Optional.of(new RoleMark(role, Long.parseUnsignedLong(note.value("epoch"))));
    } catch (NumberFormatException e) {
      throw note.unfit("epoch: " + note.value("epoch"), "a number");
    }
  }

  /** Gives the volume a role; refused if the epoch is lower than the one there. */
  public synchronized Answer write(Role role, long epoch) {
    try {
      Optional<RoleMark> found = read();
      if (found.isPresent() && Long.compareUnsigned(epoch, found.get().epoch()) < 0) {
        return Answer.refused(
            "found "
                + words(found.get())
                + " on "
                + volume
                + ", wanted to mark it "
                + words(new RoleMark(role, epoch))
                + ": roles have changed since this was asked for, look at the roles now");
      }
      String text =
          "role: %s%nepoch: %s%n"
              .formatted(role.name().toLowerCase(Locale.ROOT), Long.toUnsignedString(epoch));
      DurableFile.replace(volume.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
      return Answer.done(volume + " is marked " + words(new RoleMark(role, epoch)));
    } catch (IOException e) {
      return Answer.refused(
          "found that "
              + volume
              + " cannot be marked "
              + role
              + " ("
              + e.getMessage()
              + "), wanted that mark");
    }
  }

  /**
   * Whether a mirror may run from one volume to the other: only from one that is marked main to one
   * that is marked backup. To be asked again before every pass.
   */
  public static Answer permitsPass(Path source, Path target) {
    try {
      if (Files.isSameFile(source, target)) {
        return Answer.refused(
            "found that "
                + source
                + " and "
                + target
                + " are one folder, wanted two volumes: correct one of them");
      }
      Optional<RoleMark> from = new VolumeMark(source).read();
      Optional<RoleMark> to = new VolumeMark(target).read();
      return permitsPass(source.toString(), from, target.toString(), to);
    } catch (IOException e) {
      return Answer.refused(
          "found that the roles of the volumes cannot be read ("
              + e
              + "), wanted a main and a backup");
    }
  }

  /** As {@link #permitsPass(Path, Path)}, for marks that were read elsewhere. */
  public static Answer permitsPass(
      String source, Optional<RoleMark> from, String target, Optional<RoleMark> to) {
    if (from.isEmpty() || from.get().role() != Role.MAIN) {
      return Answer.refused(unfit("source", source, from, Role.MAIN));
    }
    if (to.isEmpty() || to.get().role() != Role.BACKUP) {
      return Answer.refused(unfit("target", target, to, Role.BACKUP));
    }
    return Answer.done(source + " is main and " + target + " is backup");
  }

  private static String unfit(String end, String volume, Optional<RoleMark> found, Role wanted) {
    return "found the "
        + end
        + " "
        + volume
        + " marked "
        + found.map(VolumeMark::words).orElse("with no role")
        + ", wanted it marked "
        + wanted
        + ": nothing was copied; set the roles right, or mirror the other way";
  }

  private static String words(RoleMark mark) {
    return mark.role() + " of epoch " + Long.toUnsignedString(mark.epoch());
  }
}
