/** The HTTP API and the console: thin layers over the control point and its people. */
@NullMarked
package org.gemel.control.web;

import org.jspecify.annotations.NullMarked;
