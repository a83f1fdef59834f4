/** The work of a device: its services and the mount they use. */
@NullMarked
package org.gemel.agent.work;

import org.jspecify.annotations.NullMarked;
