/** The pair at a glance, put together from what the devices say. */
@NullMarked
package org.gemel.control.status;

import org.jspecify.annotations.NullMarked;
