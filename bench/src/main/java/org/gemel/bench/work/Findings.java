package org.gemel.bench.work;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What is told while it happens, and what makes the whole run worthless: a tree that was not equal,
 * or Gemel failing. A peer that fails is only left out.
 */
public final class Findings {
  private final PrintWriter progress;
  private final List<String> faults = new ArrayList<>();

  public Findings(PrintWriter progress) {
    this.progress = progress;
  }

  public void tell(String line) {
    progress.println(line);
    progress.flush();
  }

  void unequal(String work, String contestant, String difference) {
    fault(work + ": " + contestant + " left an unequal tree: " + difference);
  }

  void failed(String work, String contestant, boolean gemel, String complaint) {
    if (gemel) {
      fault(work + ": " + contestant + " failed: " + complaint);
    } else {
      tell(work + ": " + contestant + " is left out, it failed: " + complaint);
    }
  }

  /** A work that could not be done to its end. */
  public void broken(String work, Exception why) {
    fault(work + ": broke off: " + why.getMessage());
  }

  public List<String> faults() {
    return List.copyOf(faults);
  }

  private void fault(String line) {
    faults.add(line);
    tell("FAULT " + line);
  }
}
