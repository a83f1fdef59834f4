/**
 * What the control point shows and takes: the shapes of the API, which the console and the command
 * line share.
 */
@NullMarked
package org.gemel.control.api;

import org.jspecify.annotations.NullMarked;
