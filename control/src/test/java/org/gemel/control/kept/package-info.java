@NullMarked
package org.gemel.control.kept;

import org.jspecify.annotations.NullMarked;
