@NullMarked
package org.gemel.cli.configuration;

import org.jspecify.annotations.NullMarked;
