@NullMarked
package org.gemel.agent;

import org.jspecify.annotations.NullMarked;
