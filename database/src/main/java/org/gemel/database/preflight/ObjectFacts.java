package org.gemel.database.preflight;

/**
 * Something else that both databases need.
 *
 * @param kind {@code schema}, {@code extension}, {@code enum}, {@code type}, {@code sequence},
 *     {@code function}, {@code owned sequence}, {@code view}, {@code materialised view}, {@code
 *     right}, {@code owner}, {@code index} (of a materialised view), {@code row security}, {@code
 *     forced row security}, {@code policy}, {@code rule}, {@code statistics}, {@code comment},
 *     {@code event trigger}
 * @param form what must be the same on both sides
 * @param create the statement that makes it; empty where its form says that, or something else
 *     brings it along; of a view its options
 */
public record ObjectFacts(String kind, String name, String form, String create) {}
