/** Commands about configuration files: are they right, and those kept of a machine. */
@NullMarked
package org.gemel.cli.configuration;

import org.jspecify.annotations.NullMarked;
