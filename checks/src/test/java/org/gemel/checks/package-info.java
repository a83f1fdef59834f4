/** Checks over the whole house. */
@NullMarked
package org.gemel.checks;

import org.jspecify.annotations.NullMarked;
