package org.gemel.core;

/**
 * Something that a check saw.
 *
 * @param found what is
 * @param wanted what should be
 * @param cure what a person can do about it
 */
public record Finding(Severity severity, String found, String wanted, String cure) {

  /** How much it matters. */
  public enum Severity {
    /** Cannot go on until it is cured. */
    BLOCKER,
    /** Can go on; a person should know. */
    WARNING,
    /** Could not be looked at; never taken for good. */
    UNKNOWN
  }

  public static Finding blocker(String found, String wanted, String cure) {
    return new Finding(Severity.BLOCKER, found, wanted, cure);
  }

  public static Finding warning(String found, String wanted, String cure) {
    return new Finding(Severity.WARNING, found, wanted, cure);
  }

  public static Finding unknown(String found, String wanted, String cure) {
    return new Finding(Severity.UNKNOWN, found, wanted, cure);
  }

  /** Whether nothing may be done while it stands: what is unknown blocks like what is bad. */
  public boolean blocks() {
    return severity != Severity.WARNING;
  }

  /** One sentence for a person. */
  public String words() {
    return "Found " + found + ", wanted " + wanted + ": " + cure + ".";
  }
}
