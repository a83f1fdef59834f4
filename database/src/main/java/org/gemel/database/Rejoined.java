package org.gemel.database;

/**
 * How the sides were joined.
 *
 * @param repaired whether only what had changed was repaired; otherwise every table is copied, and
 *     {@link DatabaseServer#initialSync} says how far that is
 * @param words what was done, or why it had to be a copy
 */
public record Rejoined(boolean repaired, String words) {}
