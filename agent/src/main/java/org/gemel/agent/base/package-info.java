/** What the parts of an agent share: answers to a wish, and files that are always whole. */
@NullMarked
package org.gemel.agent.base;

import org.jspecify.annotations.NullMarked;
