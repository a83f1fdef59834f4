/** The commands that mirror and compare trees of files without any server. */
@NullMarked
package org.gemel.cli.mirror;

import org.jspecify.annotations.NullMarked;
