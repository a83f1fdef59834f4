package org.gemel.control.api;

/** Colour of a lamp; always shown together with words, never alone. */
public enum Lamp {
  /** Works, and is in use. */
  GREEN,
  /** Stopped or backup, as it should be. */
  GREY,
  /** Changing now. */
  YELLOW,
  /** Failed. */
  RED,
  /** Not known now; never shown as good. */
  UNKNOWN
}
