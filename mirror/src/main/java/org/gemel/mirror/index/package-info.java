/**
 * What a mirror remembers of a pair of trees: for each folder what it held when it was last made
 * equal. A cache and no more: what is lost, damaged or out of date costs a look at the target.
 */
@NullMarked
package org.gemel.mirror.index;

import org.jspecify.annotations.NullMarked;
