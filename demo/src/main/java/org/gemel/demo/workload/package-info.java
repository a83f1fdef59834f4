/**
 * What editors, ingest, encoder and browse services do all day, with a journal of what was
 * acknowledged.
 */
@NullMarked
package org.gemel.demo.workload;

import org.jspecify.annotations.NullMarked;
