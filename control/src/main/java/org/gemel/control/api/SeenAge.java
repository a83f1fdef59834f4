package org.gemel.control.api;

/**
 * How long ago was seen what costs too much to look at each time, such as the count of a large
 * table.
 *
 * @param assetsSeconds since the counted table's rows were counted; -1 unknown
 * @param definitionsSeconds since the tables' definitions were read; -1 unknown
 * @param words not empty: what is so old that it should not be taken for now, and from when it is
 */
public record SeenAge(long assetsSeconds, long definitionsSeconds, String words) {
  /** Where nothing was seen. */
  public static final SeenAge UNKNOWN = new SeenAge(-1, -1, "");
}
