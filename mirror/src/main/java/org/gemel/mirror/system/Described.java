package org.gemel.mirror.system;

/**
 * Says what a call is about, for a person. Asked only when the call has failed: to write the path
 * of each of a million entries would cost more than to look at it.
 */
@FunctionalInterface
interface Described {
  String words();
}
