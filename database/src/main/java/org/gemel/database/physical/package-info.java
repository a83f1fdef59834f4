/** A start from a physical copy of main's whole server: its files and programs. */
@NullMarked
package org.gemel.database.physical;

import org.jspecify.annotations.NullMarked;
