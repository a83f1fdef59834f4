/** Commands against a control point, over its HTTP API. */
@NullMarked
package org.gemel.cli.client;

import org.jspecify.annotations.NullMarked;
