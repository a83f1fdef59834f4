/** Proves from the journals that nothing acknowledged was lost, and that both sides are equal. */
@NullMarked
package org.gemel.demo.proof;

import org.jspecify.annotations.NullMarked;
