/** Commands of a device: run its agent, let it join. */
@NullMarked
package org.gemel.cli.agent;

import org.jspecify.annotations.NullMarked;
