package org.gemel.mirror.system;

/** Sorts row numbers; the library sorts numbers only by their value. */
final class MergeSort {
  /** Orders two row numbers. */
  interface Order {
    int compare(int i, int j);
  }

  private static final int SHORT = 12;

  private final Order order;

  MergeSort(Order order) {
    this.order = order;
  }

  void sort(int[] rows) {
    sort(rows.clone(), rows, 0, rows.length);
  }

  /** Sorts a part; both arrays hold the same in that part when it begins. */
  private void sort(int[] from, int[] to, int start, int end) {
    if (end - start <= SHORT) {
      insert(to, start, end);
      return;
    }
    int middle = (start + end) >>> 1;
    sort(to, from, start, middle);
    sort(to, from, middle, end);
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean takeLeft =
          right >= end || (left < middle && order.compare(from[left], from[right]) <= 0);
      to[at] = takeLeft ? from[left++] : from[right++];
    }
  }

  private void insert(int[] rows, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      int row = rows[i];
      int at = i;
      while (at > start && order.compare(rows[at - 1], row) > 0) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
    }
  }
}
