/** The trees that are mirrored: made, changed, compared, removed. */
@NullMarked
package org.gemel.bench.tree;

import org.jspecify.annotations.NullMarked;
