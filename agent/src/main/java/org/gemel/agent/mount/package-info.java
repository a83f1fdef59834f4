/** The way of a device to the volume of a side. */
@NullMarked
package org.gemel.agent.mount;

import org.jspecify.annotations.NullMarked;
