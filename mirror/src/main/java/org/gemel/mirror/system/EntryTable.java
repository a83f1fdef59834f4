package org.gemel.mirror.system;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.gemel.mirror.system.PackedForm.BrokenFormException;

/**
 * The entries of one folder with their status, packed: a tree of a million entries is compared
 * without an object for each. Rows are in the order of their names' unsigned bytes once {@link
 * #sort()} was called.
 *
 * <p>A row is what {@code statx} said, in the order in which the kernel lays it out, 108 bytes; the
 * names lie one after the other in an area of their own. The packed form is also what an index
 * keeps.
 */
public final class EntryTable {
  /** A folder without entries. */
  public static final EntryTable EMPTY = new EntryTable(0);

  static final int ROW_BYTES = 108;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LINKS = 0;
  private static final int OWNER = 4;
  private static final int GROUP = 8;
  private static final int MODE = 12;
  private static final int INODE = 16;
  private static final int SIZE = 24;
  private static final int BLOCKS = 32;
  private static final int BORN_SECONDS = 40;
  private static final int BORN_NANOS = 48;
  private static final int CHANGED_SECONDS = 56;
  private static final int CHANGED_NANOS = 64;
  private static final int MODIFIED_SECONDS = 72;
  private static final int MODIFIED_NANOS = 80;
  private static final int FLAGS = 84;
  private static final int DEVICE = 88;
  private static final int NAME_AT = 96;
  private static final int NAME_BYTES = 100;
  private static final int ATTRIBUTE_BYTES = 104;
  private static final int IS_MOUNT = 1;

  /** What a row's packed form begins with: all but where its name lies. */
  static final int PACKED_BYTES = NAME_AT;

  private byte[] rows;
  private byte[] names;
  private int size;
  private int namesLength;

  EntryTable(int expected) {
    rows = new byte[expected * ROW_BYTES];
    names = new byte[expected * 16];
  }

  /** How many entries there are. */
  public int size() {
    return size;
  }

  /**
   * Appends an entry.
   *
   * @param nameArea where its name lies, from {@code nameAt} on
   * @param statx where the kernel's {@code struct statx} of it lies, from {@code at} on
   * @param attributeBytes the length of the list of its extended attributes' names; -1 if not asked
   */
  void add(byte[] nameArea, int nameAt, int nameLength, byte[] statx, int at, int attributeBytes) {
    int row = grow(nameLength);
    System.arraycopy(nameArea, nameAt, names, namesLength, nameLength);
    System.arraycopy(statx, at + 16, rows, row, 40);
    System.arraycopy(statx, at + 80, rows, row + 40, 44);
    System.arraycopy(statx, at + 136, rows, row + DEVICE, 8);
    INT.set(rows, row + FLAGS, Status.isMountRoot(statx, at) ? IS_MOUNT : 0);
    if (Status.type(statx, at).isDevice()) {
      LONG.set(rows, row + SIZE, Status.deviceNumber(statx, at));
    }
    keepName(row, nameLength, attributeBytes);
    size++;
    namesLength += nameLength;
  }

  /**
   * Takes over what another table says of the attributes of entries that did not change since; both
   * must be sorted.
   *
   * @param asked says the length of the list of the attributes' names of the others
   */
  void completeAttributes(EntryTable known, AttributesAsked asked) {
    int j = 0;
    for (int i = 0; i < size; i++) {
      while (j < known.size && known.compareNames(j, this, i) < 0) {
        j++;
      }
      boolean same =
          j < known.size
              && known.compareNames(j, this, i) == 0
              && isUnchanged(i, known, j)
              && known.attributeBytes(j) >= 0;
      keepAttributes(
          i, same ? known.attributeBytes(j) : asked.bytes(names, nameAt(i), nameBytes(i)));
    }
  }

  /** Says how long the list of an entry's attributes' names is; -1 if it cannot. */
  interface AttributesAsked {
    int bytes(byte[] nameArea, int nameAt, int nameLength);
  }

  /** Puts the rows into the order of their names. */
  void sort() {
    if (isSorted()) {
      return;
    }
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    new MergeSort((i, j) -> compareNames(i, this, j)).sort(order);
    byte[] sorted = new byte[size * ROW_BYTES];
    for (int i = 0; i < size; i++) {
      System.arraycopy(rows, order[i] * ROW_BYTES, sorted, i * ROW_BYTES, ROW_BYTES);
    }
    rows = sorted;
  }

  private boolean isSorted() {
    for (int i = 1; i < size; i++) {
      if (compareNames(i - 1, this, i) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Compares the names of two rows as unsigned bytes. */
  public int compareNames(int i, EntryTable other, int j) {
    int one = nameAt(i);
    int two = other.nameAt(j);
    return Arrays.compareUnsigned(
        names, one, one + nameBytes(i), other.names, two, two + other.nameBytes(j));
  }

  /** The row of a name; negative if there is none. The table must be sorted. */
  public int find(EntryName name) {
    byte[] wanted = name.bytes();
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = nameAt(middle);
      int order =
          Arrays.compareUnsigned(names, at, at + nameBytes(middle), wanted, 0, wanted.length);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  public EntryName name(int i) {
    int at = nameAt(i);
    return EntryName.of(Arrays.copyOfRange(names, at, at + nameBytes(i)));
  }

  public FileType type(int i) {
    return FileType.ofMode(mode(i));
  }

  /** The size in bytes; of a device its number. */
  public long bytes(int i) {
    return number(i, SIZE);
  }

  public int links(int i) {
    return integer(i, LINKS);
  }

  /**
   * How long the list of the entry's extended attributes' names is, access control lists included:
   * 0 means it has none; negative: not asked.
   */
  public int attributeBytes(int i) {
    return integer(i, ATTRIBUTE_BYTES);
  }

  public FileIdentity identity(int i) {
    return new FileIdentity(device(i), number(i, INODE));
  }

  /** The whole status of a row. */
  public FileStatus status(int i) {
    int mode = mode(i);
    return new FileStatus(
        FileType.ofMode(mode),
        mode & 07777,
        integer(i, OWNER),
        integer(i, GROUP),
        number(i, SIZE),
        number(i, BLOCKS) * 512,
        new Timestamp(number(i, MODIFIED_SECONDS), integer(i, MODIFIED_NANOS)),
        new Timestamp(number(i, CHANGED_SECONDS), integer(i, CHANGED_NANOS)),
        new Timestamp(number(i, BORN_SECONDS), integer(i, BORN_NANOS)),
        identity(i),
        integer(i, LINKS),
        (integer(i, FLAGS) & IS_MOUNT) != 0);
  }

  /** Whether two rows have the same type, permissions, size and modification time. */
  public boolean isAlike(int i, EntryTable other, int j) {
    return mode(i) == other.mode(j)
        && number(i, SIZE) == other.number(j, SIZE)
        && number(i, MODIFIED_SECONDS) == other.number(j, MODIFIED_SECONDS)
        && integer(i, MODIFIED_NANOS) == other.integer(j, MODIFIED_NANOS);
  }

  /** Whether two rows have the same owner and group. */
  public boolean isOwnedAlike(int i, EntryTable other, int j) {
    return integer(i, OWNER) == other.integer(j, OWNER)
        && integer(i, GROUP) == other.integer(j, GROUP);
  }

  /**
   * Whether two rows, taken at two times, are one inode in one state: no write and no change of
   * metadata between them that the file system's clock could tell.
   */
  public boolean isUnchanged(int i, EntryTable other, int j) {
    return number(i, INODE) == other.number(j, INODE)
        && number(i, DEVICE) == other.number(j, DEVICE)
        && isAlike(i, other, j)
        && isOwnedAlike(i, other, j)
        && integer(i, LINKS) == other.integer(j, LINKS)
        && number(i, CHANGED_SECONDS) == other.number(j, CHANGED_SECONDS)
        && integer(i, CHANGED_NANOS) == other.integer(j, CHANGED_NANOS);
  }

  /** Appends a row's packed form: what {@link PackedEntries} sends. */
  void pack(int i, int attributes, ByteBuffer out) {
    int length = nameBytes(i);
    out.putInt(length);
    out.putInt(attributes);
    out.put(rows, i * ROW_BYTES, PACKED_BYTES);
    out.put(names, nameAt(i), length);
  }

  /** Appends a row from its packed form, whose length and name have been looked at. */
  void unpack(int length, int attributes, ByteBuffer in) throws BrokenFormException {
    int row = grow(length);
    in.get(rows, row, PACKED_BYTES);
    in.get(names, namesLength, length);
    keepName(row, length, attributes);
    PackedForm.require(PackedForm.isMode(integer(size, MODE)), "a file mode", integer(size, MODE));
    PackedForm.require(integer(size, LINKS) >= 0, "a number of links", integer(size, LINKS));
    PackedForm.require(number(size, SIZE) >= 0, "a size", number(size, SIZE));
    long blocks = number(size, BLOCKS);
    PackedForm.require(blocks >= 0 && blocks <= Long.MAX_VALUE / 512, "a block count", blocks);
    for (int field : new int[] {MODIFIED_NANOS, CHANGED_NANOS, BORN_NANOS}) {
      int nanos = integer(size, field);
      PackedForm.require(nanos >= 0 && nanos < 1_000_000_000, "nanoseconds", nanos);
    }
    PackedForm.require((integer(size, FLAGS) & ~IS_MOUNT) == 0, "flags", integer(size, FLAGS));
    size++;
    namesLength += length;
    boolean inOrder = size == 1 || compareNames(size - 2, this, size - 1) < 0;
    PackedForm.require(inOrder, "names in their order, each once; a row out of it", size - 1L);
  }

  private int grow(int nameLength) {
    int row = size * ROW_BYTES;
    if (row + ROW_BYTES > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(rows.length * 2, 32 * ROW_BYTES));
    }
    if (namesLength + nameLength > names.length) {
      names = Arrays.copyOf(names, Math.max(names.length * 2, namesLength + nameLength + 512));
    }
    return row;
  }

  private void keepName(int row, int length, int attributes) {
    INT.set(rows, row + NAME_AT, namesLength);
    INT.set(rows, row + NAME_BYTES, length);
    INT.set(rows, row + ATTRIBUTE_BYTES, attributes);
  }

  private void keepAttributes(int i, int bytes) {
    INT.set(rows, i * ROW_BYTES + ATTRIBUTE_BYTES, bytes);
  }

  /** Whether two tables hold the same to the last number. */
  public boolean isSame(EntryTable other) {
    if (size != other.size) {
      return false;
    }
    for (int row = 0; row < size; row++) {
      if (compareNames(row, other, row) != 0 || !isUnchanged(row, other, row)) {
        return false;
      }
    }
    return true;
  }

  /** The whole table in a form for an index: its size, its rows, its names. */
  public byte[] packed() {
    ByteBuffer out = ByteBuffer.allocate(4 + size * ROW_BYTES + namesLength);
    return out.putInt(size).put(rows, 0, size * ROW_BYTES).put(names, 0, namesLength).array();
  }

  /**
   * A table from what {@link #packed()} gave; the bytes are trusted as far as their sum was
   * checked.
   *
   * @throws IllegalArgumentException if they cannot be that
   */
  public static EntryTable ofPacked(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    int size = packed.length < 4 ? -1 : in.getInt();
    if (size < 0 || (long) size * ROW_BYTES > in.remaining()) {
      throw new IllegalArgumentException("found a table of " + size + " rows cut off");
    }
    EntryTable table = new EntryTable(0);
    table.rows = new byte[size * ROW_BYTES];
    in.get(table.rows);
    table.names = new byte[in.remaining()];
    table.namesLength = table.names.length;
    in.get(table.names);
    table.size = size;
    return table;
  }

  private int nameAt(int i) {
    return integer(i, NAME_AT);
  }

  private int nameBytes(int i) {
    return integer(i, NAME_BYTES);
  }

  private int mode(int i) {
    return integer(i, MODE);
  }

  /** The kernel's two numbers of a device as one. */
  private long device(int i) {
    return Long.rotateLeft(number(i, DEVICE), 32);
  }

  private int integer(int row, int field) {
    return (int) INT.get(rows, row * ROW_BYTES + field);
  }

  private long number(int row, int field) {
    return (long) LONG.get(rows, row * ROW_BYTES + field);
  }
}
