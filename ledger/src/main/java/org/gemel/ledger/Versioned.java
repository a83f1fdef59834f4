package org.gemel.ledger;

/** A document as it was read, with the version that an update of it must name. */
public record Versioned<T>(T value, long version) {}
