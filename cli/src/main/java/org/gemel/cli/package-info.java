/** The {@code gemel} command: one program, whose subcommands come from the modules. */
@NullMarked
package org.gemel.cli;

import org.jspecify.annotations.NullMarked;
