/** The agent's line to the control point. */
@NullMarked
package org.gemel.agent.link;

import org.jspecify.annotations.NullMarked;
