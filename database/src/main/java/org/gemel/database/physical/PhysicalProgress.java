package org.gemel.database.physical;

/**
 * How far a start from a physical copy is.
 *
 * @param words one line for a person
 * @param fraction of the bytes, 0 to 1; an estimate
 */
public record PhysicalProgress(String words, double fraction) {}
