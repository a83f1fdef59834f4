package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.TreePath;

/** Names and paths as bytes: names only, none of which can leave its folder. */
final class PathForm {
  private PathForm() {}

  static void write(TreePath path, ByteBuffer out) {
    write(path.names(), out);
  }

  static TreePath read(ByteBuffer in) throws IOException {
    TreePath path = TreePath.ROOT;
    for (EntryName name : readNames(in)) {
      path = path.child(name);
    }
    return path;
  }

  static void write(List<EntryName> names, ByteBuffer out) {
    out.putInt(names.size());
    names.forEach(each -> PackedForm.write(each.bytes(), out));
  }

  static List<EntryName> readNames(ByteBuffer in) throws IOException {
    PackedForm.need(in, 4, "a number of names");
    int count = in.getInt();
    // Each takes five bytes at least, so the frame's own length bounds what is made here.
    PackedForm.require(count >= 0 && count <= in.remaining() / 5, "a number of names", count);
    List<EntryName> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(PackedForm.readName(in));
    }
    return names;
  }

  /** How many bytes a path takes. */
  static int bytes(TreePath path) {
    return 4 + path.names().stream().mapToInt(each -> 4 + each.bytes().length).sum();
  }
}
