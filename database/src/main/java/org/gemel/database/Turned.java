package org.gemel.database;

/**
 * What a change of direction begins with.
 *
 * @param proven whether both sides were proven equal, so that the other side may follow this one
 *     without a copy
 * @param words what was proven, or what was not
 */
public record Turned(boolean proven, String words) {}
