package org.gemel.bench.tree;

import java.util.List;

/** What a contestant carries over, so what is looked at when its result is checked. */
public enum Keeps {
  /** Content, times, modes, owners, links, extended attributes. */
  EVERYTHING(List.of("-aHAXnic", "--delete")),
  /** Names and content only. */
  CONTENT(List.of("-rlnic", "--delete"));

  private final List<String> options;

  Keeps(List<String> options) {
    this.options = options;
  }

  List<String> options() {
    return options;
  }
}
