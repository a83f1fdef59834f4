package org.gemel.control.api;

import java.time.Instant;
import java.util.List;
import org.gemel.core.Side;
import org.gemel.database.ChangeLogState;
import org.gemel.database.PreviewedTable;
import org.jspecify.annotations.Nullable;

/**
 * What would be lost if the sides were joined again with one of them as main.
 *
 * @param main the side that will be main
 * @param overwritten the side whose own changes are overwritten
 * @param hash to be given back as the approval: over what would be lost and both sides'
 *     generations, not over main's rows, whose clients may go on
 * @param words the whole in a sentence
 * @param incomplete not empty: this is not all, and why
 * @param nothingLost whether it is known that nothing would be lost
 * @param here what the side to be overwritten noted of its changes; null where it noted none
 * @param onMain what main noted
 * @param tables those in which anything differs
 */
public record DatabasePreview(
    Side main,
    Side overwritten,
    Instant at,
    String hash,
    String words,
    String incomplete,
    boolean nothingLost,
    @Nullable ChangeLogState here,
    @Nullable ChangeLogState onMain,
    List<PreviewedTable> tables) {}
