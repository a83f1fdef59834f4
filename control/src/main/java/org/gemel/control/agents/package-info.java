/** The control point's end of the agents' streams. */
@NullMarked
package org.gemel.control.agents;

import org.jspecify.annotations.NullMarked;
