/** What a volume says of itself: which one it is, and its role. */
@NullMarked
package org.gemel.agent.volume;

import org.jspecify.annotations.NullMarked;
