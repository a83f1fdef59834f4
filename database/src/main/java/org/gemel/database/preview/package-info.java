/**
 * What would be lost if the sides of a split were joined again, as records: made where both
 * databases are at hand, read by people far from them.
 */
@NullMarked
package org.gemel.database.preview;

import org.jspecify.annotations.NullMarked;
