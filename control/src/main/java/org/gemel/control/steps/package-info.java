/** The steps that workflows are made of. */
@NullMarked
package org.gemel.control.steps;

import org.jspecify.annotations.NullMarked;
