@NullMarked
package org.gemel.config.kept;

import org.jspecify.annotations.NullMarked;
