/**
 * Configuration kept away from the machine it belongs to: one archive a machine, from which a
 * replacement is set up.
 */
@NullMarked
package org.gemel.config.kept;

import org.jspecify.annotations.NullMarked;
