/** One device: what it is told, does and says. */
@NullMarked
package org.gemel.agent;

import org.jspecify.annotations.NullMarked;
