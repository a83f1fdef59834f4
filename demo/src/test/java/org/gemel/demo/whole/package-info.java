/** Stories of a whole facility. */
@NullMarked
package org.gemel.demo.whole;

import org.jspecify.annotations.NullMarked;
