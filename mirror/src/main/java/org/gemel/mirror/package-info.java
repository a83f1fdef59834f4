/**
 * One-way mirror of a tree of files: imposes one tree on another, compares two, and keeps profiles
 * mirrored by schedule.
 *
 * <p>Start at {@link org.gemel.mirror.TreeMirror}, {@link org.gemel.mirror.TreeComparison} and
 * {@link org.gemel.mirror.FolderMirror}.
 */
@NullMarked
package org.gemel.mirror;

import org.jspecify.annotations.NullMarked;
