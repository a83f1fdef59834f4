/** How an agent takes commands, carries them out once and answers. */
@NullMarked
package org.gemel.agent.command;

import org.jspecify.annotations.NullMarked;
