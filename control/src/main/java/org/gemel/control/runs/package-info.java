/** Runs of workflows: journalled before each act, gone on with after every crash. */
@NullMarked
package org.gemel.control.runs;

import org.jspecify.annotations.NullMarked;
