package org.gemel.mirror;

import org.gemel.mirror.system.TreePath;

/**
 * An entry that could not be mirrored or compared, and why in words. The pass went on with the
 * others.
 */
public record Failure(TreePath path, String reason) {}
