/** The control point as a process. */
@NullMarked
package org.gemel.control.server;

import org.jspecify.annotations.NullMarked;
