package org.gemel.mirror;

/** In what two entries of the same name can differ. */
public enum Aspect {
  TYPE("type"),
  SIZE("size"),
  TIME("modification time"),
  MODE("mode"),
  OWNER("owner"),
  ATTRIBUTES("extended attributes"),
  LINK_TARGET("link target"),
  CONTENT("content"),
  HARD_LINKS("hard links");

  private final String words;

  Aspect(String words) {
    this.words = words;
  }

  /** The aspect as a person says it. */
  public String words() {
    return words;
  }
}
