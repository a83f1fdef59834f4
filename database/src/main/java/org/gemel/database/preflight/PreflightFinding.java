package org.gemel.database.preflight;

import java.util.List;

/**
 * Something a preflight saw, with its cure.
 *
 * @param check what was looked at; a fixed word, such as {@code replica-identity}
 * @param place where it was found and where the commands run
 * @param subject the object's name, as SQL writes it; empty where it is the server or database
 * @param cure what a person can do
 * @param commands the cure as SQL, where it can be: each a statement of its own (outside a
 *     transaction), by the administrator in the database of {@code place}. Empty where a person
 *     must decide
 * @param restart the commands count only once the server was restarted
 */
public record PreflightFinding(
    String check,
    Level level,
    Place place,
    String subject,
    String found,
    String wanted,
    String cure,
    List<String> commands,
    boolean restart) {
  public PreflightFinding {
    commands = List.copyOf(commands);
  }

  /** One sentence for a person. */
  public String words() {
    return "On "
        + place.words()
        + " found "
        + found
        + ", wanted "
        + wanted
        + ": "
        + cure
        + (commands.isEmpty() ? "" : " (" + String.join("; ", commands) + ")")
        + ".";
  }
}
