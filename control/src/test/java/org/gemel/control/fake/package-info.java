/** A control point without a facility, for tests of what people see and of the command line. */
@NullMarked
package org.gemel.control.fake;

import org.jspecify.annotations.NullMarked;
