/** What an agent is told by its file. */
@NullMarked
package org.gemel.agent.configuration;

import org.jspecify.annotations.NullMarked;
