package org.gemel.control.web;

import java.util.Locale;

/** A part of the page that is sent anew, whole, when what it shows has changed. */
enum Fragment {
  HEADLINE,
  SIDE_X,
  SIDE_Y,
  FLOWS,
  RUN,
  RECENT;

  /** The element's id and the event's name. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String template() {
    return switch (this) {
      case SIDE_X, SIDE_Y -> "parts/side.jte";
      default -> "parts/" + id() + ".jte";
    };
  }
}
