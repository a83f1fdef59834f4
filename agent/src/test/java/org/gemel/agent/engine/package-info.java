@NullMarked
package org.gemel.agent.engine;

import org.jspecify.annotations.NullMarked;
