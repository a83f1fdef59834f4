/**
 * A whole facility on one machine: the parts that are the facility, and the proof that nothing was
 * lost.
 */
@NullMarked
package org.gemel.demo;

import org.jspecify.annotations.NullMarked;
