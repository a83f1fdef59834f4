/**
 * The configuration of every machine, gathered from the agents and handed to the NAS heads of main,
 * so that it lies on both storage systems.
 */
@NullMarked
package org.gemel.control.kept;

import org.jspecify.annotations.NullMarked;
