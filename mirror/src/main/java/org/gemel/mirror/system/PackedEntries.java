package org.gemel.mirror.system;

import java.nio.ByteBuffer;
import org.gemel.mirror.system.PackedForm.BrokenFormException;

/**
 * The entries of a folder as bytes, in pieces: a folder may hold more than one message can. What is
 * read is a table like one that was listed here, or it is refused: names that cannot leave the
 * folder, in their order, each once.
 */
public final class PackedEntries {
  /** More than any folder is known to hold, and as many as a table's arrays take. */
  private static final int MOST = 20_000_000;

  private static final int FIXED = 8 + EntryTable.PACKED_BYTES;

  /** The longest a row can be. */
  public static final int LONGEST_ROW = FIXED + EntryName.LONGEST;

  private PackedEntries() {}

  /** Says how long the list of an entry's attributes is where the listing itself could not. */
  public interface AttributeBytes {
    int of(EntryName name) throws SystemCallException;
  }

  /** Appends rows from one on until the buffer is full; returns the first that did not fit. */
  public static int write(EntryTable table, int from, AttributeBytes asked, ByteBuffer out)
      throws SystemCallException {
    int row = from;
    while (row < table.size() && out.remaining() >= LONGEST_ROW) {
      int attributes = table.attributeBytes(row);
      table.pack(row, attributes < 0 ? asked.of(table.name(row)) : attributes, out);
      row++;
    }
    return row;
  }

  /** Puts a table together again. */
  public static final class Reader {
    private final EntryTable table = new EntryTable(0);

    /** Reads a number of rows. */
    public void read(int rows, ByteBuffer in) throws BrokenFormException {
      PackedForm.require(rows >= 0 && rows <= MOST - table.size(), "a number of entries", rows);
      for (int i = 0; i < rows; i++) {
        PackedForm.need(in, FIXED, "an entry");
        int length = in.getInt();
        int attributes = in.getInt();
        PackedForm.require(
            length > 0 && length <= EntryName.LONGEST, "the length of a name", length);
        PackedForm.require(
            attributes >= -1 && attributes <= 64 * 1024, "a length of attributes", attributes);
        PackedForm.need(in, FIXED - 8 + length, "an entry");
        requireName(in, in.position() + FIXED - 8, length);
        table.unpack(length, attributes, in);
      }
    }

    /** The table, whole when all rows were read. */
    public EntryTable table() {
      return table;
    }

    private static void requireName(ByteBuffer in, int at, int length) throws BrokenFormException {
      boolean sound = true;
      for (int i = at; i < at + length; i++) {
        byte b = in.get(i);
        sound &= b != '/' && b != 0;
      }
      boolean dots = length <= 2 && in.get(at) == '.' && in.get(at + length - 1) == '.';
      PackedForm.require(sound && !dots, "a name that means an entry of its folder", length);
    }
  }
}
