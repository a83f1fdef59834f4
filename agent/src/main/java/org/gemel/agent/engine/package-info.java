/** The parts of a device that move data: the database and the folder mirror. */
@NullMarked
package org.gemel.agent.engine;

import org.jspecify.annotations.NullMarked;
