/** The programs a device runs, and the side they are set to. */
@NullMarked
package org.gemel.agent.service;

import org.jspecify.annotations.NullMarked;
