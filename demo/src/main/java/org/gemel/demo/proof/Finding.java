package org.gemel.demo.proof;

/**
 * Something that is not as it must be.
 *
 * @param what the item, row or path
 * @param words what was found and what was wanted
 */
public record Finding(String what, String words) {
  @Override
  public String toString() {
    return what + ": " + words;
  }
}
