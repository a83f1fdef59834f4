@NullMarked
package org.gemel.agent.configuration;

import org.jspecify.annotations.NullMarked;
