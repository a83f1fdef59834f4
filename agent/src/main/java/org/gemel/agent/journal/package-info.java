/** The agent's memory of what it was told to do, and what became of it. */
@NullMarked
package org.gemel.agent.journal;

import org.jspecify.annotations.NullMarked;
