/** Commands that run servers. */
@NullMarked
package org.gemel.cli.server;

import org.jspecify.annotations.NullMarked;
