/** Gemel beside its peers, in one run; Gemel is met from outside, as a process. */
@NullMarked
package org.gemel.bench;

import org.jspecify.annotations.NullMarked;
