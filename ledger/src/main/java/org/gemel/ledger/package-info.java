/** Replicated state: configuration, runs, epochs, audit; nothing of value is only in memory. */
@NullMarked
package org.gemel.ledger;

import org.jspecify.annotations.NullMarked;
