/**
 * Where in a tree to look again.
 *
 * <p>The kernel's events say that something happened, merge, come late and name what may be
 * elsewhere by now. So nothing here is a truth about the tree: each hint is a place to look at.
 * Start at {@link org.gemel.mirror.watch.ChangeFeed}.
 */
@NullMarked
package org.gemel.mirror.watch;

import org.jspecify.annotations.NullMarked;
