/** What agents say of their databases before one is overwritten with the other. */
@NullMarked
package org.gemel.control.preflight;

import org.jspecify.annotations.NullMarked;
