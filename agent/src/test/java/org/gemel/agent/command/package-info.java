@NullMarked
package org.gemel.agent.command;

import org.jspecify.annotations.NullMarked;
