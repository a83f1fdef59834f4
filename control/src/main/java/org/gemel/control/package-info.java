/** The control point: watches, checks, runs workflows, serves API and console. */
@NullMarked
package org.gemel.control;

import org.jspecify.annotations.NullMarked;
