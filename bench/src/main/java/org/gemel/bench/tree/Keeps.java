package org.gemel.bench.tree;

import java.util.List;

/** What a contestant carries over, so what is looked at when its result is checked. */
public enum Keeps {
  /** Content, times, modes, owners, links, extended attributes. */
  EVERYTHING("-aHAXnic"),
  /** Names and content only. */
  CONTENT("-rlnic");

  private final String letters;

  Keeps(String letters) {
    this.letters = letters;
  }

  List<String> options() {
    return List.of(letters, "--delete");
  }
}
