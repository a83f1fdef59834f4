@NullMarked
package org.gemel.database.preflight;

import org.jspecify.annotations.NullMarked;
