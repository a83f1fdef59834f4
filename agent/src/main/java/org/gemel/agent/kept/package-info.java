/**
 * The configuration of this device, told to the control point; on a NAS head that of all machines,
 * kept on its volume.
 */
@NullMarked
package org.gemel.agent.kept;

import org.jspecify.annotations.NullMarked;
