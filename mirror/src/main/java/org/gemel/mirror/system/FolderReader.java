package org.gemel.mirror.system;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lists a folder with {@code getdents64}, and looks at each entry where its name lies. */
final class FolderReader {
  private static final int LENGTH_AT = 16;
  private static final int NAME_AT = 19;
  private static final int USUAL_SIZE = 128;

  /** Told of each name in a block of them, and of the block's end. */
  private interface Visitor {
    void name(int at, int length) throws SystemCallException;

    default void endOfBlock() throws SystemCallException {}
  }

  private FolderReader() {}

  static List<EntryName> names(Descriptor folder) throws SystemCallException {
    List<EntryName> names = new ArrayList<>();
    EntryBatch batch = EntryBatch.ofThisThread();
    visit(folder, batch, (at, length) -> names.add(batch.name(at, length)));
    return names;
  }

  /**
   * Lists the entries that a choice wants, sorted, with their status and attribute sizes.
   *
   * @param known what was known before: of entries that did not change since, the attributes are
   *     not asked again
   */
  static EntryTable entries(
      Descriptor folder, EntryChoice choice, EntryChoice.Unreadable unreadable, EntryTable known)
      throws SystemCallException {
    EntryTable table = new EntryTable(Math.max(known.size(), USUAL_SIZE));
    EntryBatch batch = EntryBatch.ofThisThread();
    int number = folder.number();
    boolean askNow = known.size() == 0;
    visit(
        folder,
        batch,
        new Visitor() {
          @Override
          public void name(int at, int length) throws SystemCallException {
            if (choice.wantsAll(batch.names()[at]) || choice.wants(batch.name(at, length))) {
              batch.look(number, at, length);
              if (batch.isFull()) {
                endOfBlock();
              }
            }
          }

          @Override
          public void endOfBlock() throws SystemCallException {
            batch.drain(number, choice, unreadable, askNow, table);
          }
        });
    table.sort();
    if (!askNow) {
      table.completeAttributes(
          known, (names, at, length) -> AttributeCalls.listBytes(number, names, at, length));
    }
    return table;
  }

  /** The same of some names only; those that are not there are told to be unreadable. */
  static EntryTable entries(
      Descriptor folder,
      Collection<EntryName> names,
      EntryChoice choice,
      EntryChoice.Unreadable unreadable)
      throws SystemCallException {
    EntryTable table = new EntryTable(names.size());
    EntryBatch batch = EntryBatch.ofThisThread();
    for (EntryName name : names) {
      if (choice.wants(name)) {
        batch.putName(name.bytes());
        batch.look(folder.number(), 0, name.bytes().length);
        batch.drain(folder.number(), choice, unreadable, true, table);
      }
    }
    table.sort();
    return table;
  }

  private static void visit(Descriptor folder, EntryBatch batch, Visitor visitor)
      throws SystemCallException {
    Described described = folder.described();
    int number = folder.number();
    SystemCallException.check(
        Kernel.call(SystemCall.LSEEK, number, 0, 0), SystemCall.LSEEK, described);
    byte[] names = batch.names();
    while (true) {
      long filled = batch.readNames(number);
      SystemCallException.check(filled, SystemCall.GETDENTS64, described);
      if (filled == 0) {
        return;
      }
      for (int at = 0; at < filled; ) {
        int end = at + recordLength(names, at + LENGTH_AT);
        int length = length(names, at + NAME_AT, end);
        if (!isDots(names, at + NAME_AT, length)) {
          visitor.name(at + NAME_AT, length);
        }
        at = end;
      }
      visitor.endOfBlock();
    }
  }

  private static int recordLength(byte[] names, int at) {
    return (names[at] & 0xFF) | ((names[at + 1] & 0xFF) << 8);
  }

  /** A record is filled up with NULs to a multiple of eight bytes, of which the first counts. */
  private static int length(byte[] names, int start, int end) {
    int at = Math.max(start, end - 8);
    while (names[at] != 0) {
      at++;
    }
    return at - start;
  }

  private static boolean isDots(byte[] names, int at, int length) {
    return length <= 2 && names[at] == '.' && (length == 1 || names[at + 1] == '.');
  }
}
