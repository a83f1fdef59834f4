package org.gemel.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param line from 1
 * @param column from 1
 * @param key the dotted way to the value, empty for the whole file
 * @param words what was found, what was wanted, what to do
 */
public record Fault(int line, int column, String key, String words) {
  @Override
  public String toString() {
    return line + ":" + column + ": " + (key.isEmpty() ? "" : key + ": ") + words;
  }
}
