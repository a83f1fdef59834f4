package org.gemel.control.api;

import java.util.Locale;

/** What a person does with a step of a run. */
public enum StepAct {
  /** Do it now (a system step), out of order if need be. */
  DO,
  /** Do a failed one again. */
  RETRY,
  /** It was done by hand: prove it (a system step) or tick it (a manual one). */
  DONE,
  /** Leave it out; needs a reason. */
  SKIP,
  /** Take it back by its inverse. */
  UNDO,
  /** Confirm that what follows may overwrite a side; needs that side's name. */
  CONFIRM;

  public static StepAct parse(String text) {
    try {
      return valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "found '" + text + "', wanted one of do, retry, done, skip, undo, confirm", e);
    }
  }
}
