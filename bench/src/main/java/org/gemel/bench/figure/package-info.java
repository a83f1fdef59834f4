/** What was measured, what was wanted, and how both are told. */
@NullMarked
package org.gemel.bench.figure;

import org.jspecify.annotations.NullMarked;
