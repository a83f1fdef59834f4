/** Starting a facility: its servers, its control point, its agents, and the pair they make. */
@NullMarked
package org.gemel.demo.start;

import org.jspecify.annotations.NullMarked;
