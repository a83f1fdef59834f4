/** What a volume says of itself: which one it is, and which role it has. */
@NullMarked
package org.gemel.agent.volume;

import org.jspecify.annotations.NullMarked;
