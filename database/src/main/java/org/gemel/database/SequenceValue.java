package org.gemel.database;

/**
 * Where a sequence stands.
 *
 * @param name schema-qualified and quoted as SQL wants it
 * @param value its last value
 * @param called whether {@code value} was handed out already (as in {@code setval})
 */
public record SequenceValue(String name, long value, boolean called) {}
