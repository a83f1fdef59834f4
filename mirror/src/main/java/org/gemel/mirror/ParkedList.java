package org.gemel.mirror;

import java.util.List;

/**
 * What a guard made wait.
 *
 * @param deletes entries that would go
 * @param overwrites files that would be overwritten
 * @param bytes the sizes of the entries that would go
 * @param first the first {@value #KEPT} of the list
 * @param hash over the whole list, in hexadecimal: an approval names it and permits no other list
 */
public record ParkedList(
    long deletes, long overwrites, long bytes, List<String> first, String hash) {
  static final int KEPT = 1000;

  public ParkedList {
    first = List.copyOf(first);
  }
}
