@NullMarked
package org.gemel.cli;

import org.jspecify.annotations.NullMarked;
